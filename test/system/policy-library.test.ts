import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const room = join(import.meta.dirname, '../../packages/policy');
const readme = readFileSync(join(room, 'README.md'), 'utf8');

/** The lines of the example, each statement that only shows a value printing it as JSON. */
function exampleProgram(): string {
  const code = readme.slice(readme.indexOf('```ts\n') + '```ts\n'.length, readme.indexOf('\n```\n'));
  return code.replaceAll(/^(document|matchDocument|explain)(.*); \/\/ .*$/gm, 'console.log(JSON.stringify($1$2));');
}

test('the example of the README runs as it stands and shows what it says', () => {
  const program = exampleProgram();
  const output = execFileSync(process.execPath, ['--input-type=module-typescript', '--eval', program], {
    cwd: room,
    encoding: 'utf8',
  });
  const [places, matches, explanation] = output
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(places).toEqual([/'(Statement\[1\].*?)'/.exec(readme)?.[1]]);
  expect(matches).toHaveLength(1);
  expect(explanation).toMatchObject({
    decision: 'conditional',
    condition: /`(if aws:.*?)`/.exec(readme)?.[1],
    residual: { operator: 'StringEquals', key: 'aws:SourceVpce', values: ['vpce-1'] },
    gates: [
      {
        gate: 'identity',
        verdict: 'allowsConditionally',
        statements: [{ effect: 'Allow', policy: 'push', via: 'attached', statement: 'Push', decides: true }],
      },
      { gate: 'resource', verdict: 'noAllow', statements: [] },
    ],
  });
});
