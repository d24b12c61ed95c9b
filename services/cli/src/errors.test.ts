import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cliErrorCodes } from './errors.ts';

test('the README lists every error code with its sentence', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  for (const [code, sentence] of Object.entries(cliErrorCodes)) {
    expect(readme).toContain(`- \`${code}\`: ${sentence}`);
  }
});
