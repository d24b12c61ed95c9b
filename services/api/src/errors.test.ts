import path from 'node:path';
import { expect, it } from 'vitest';
import { problemCatalogue } from './docs/problem-catalogue.ts';
import { apiErrorCodes } from './errors.ts';

it('PROBLEMS.md lists every error code with its status, its sentence and what to do', async () => {
  await expect(problemsText()).toMatchFileSnapshot(path.join(import.meta.dirname, '../PROBLEMS.md'));
});

function problemsText(): string {
  const problems = problemCatalogue().map(
    ({ code, status, title, remedy }) => `| \`${code}\` | ${status} | ${title} | ${remedy} |\n`,
  );
  const starts = Object.entries(apiErrorCodes).flatMap(([code, { status, title }]) =>
    status === null ? [`- \`${code}\`: ${title}\n`] : [],
  );
  return `# What refusals of the API mean

What is not answered is told as a problem document of RFC 9457, in \`application/problem+json\`, with one of these codes as \`code\`
and at the end of \`type\`. A code keeps its meaning and its status within a major version; new ones may come. \`title\` and \`detail\`
are for people.

| Code | Status | Meaning | What to do |
| --- | --- | --- | --- |
${problems.join('')}
The service does not start, and says so on standard error:

${starts.join('')}`;
}
