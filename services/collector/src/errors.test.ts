import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { collectorErrorCodes } from './errors.ts';

it('the README lists every error code with its sentence', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  for (const [code, sentence] of Object.entries(collectorErrorCodes)) {
    expect(readme).toContain(`| \`${code}\` | ${sentence} |`);
  }
});
