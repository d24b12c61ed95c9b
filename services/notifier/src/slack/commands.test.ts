import { expect, it } from 'vitest';
import { acknowledgeCommand, approveCommand } from './commands.ts';

it('a command names the finding and its target', () => {
  expect(acknowledgeCommand('3f1c', 'organization:o-1')).toBe(
    'ecr-audit findings acknowledge 3f1c --target organization:o-1',
  );
  expect(approveCommand('3f1c', null)).toBe("ecr-audit exceptions add 3f1c --until 30d --reason '…'");
});

it.each([
  ['x; rm -rf /', "'x; rm -rf /'"],
  ["it's", String.raw`'it'\''s'`],
  ['$(id)', "'$(id)'"],
  ['--all', "'--all'"],
  ['', "''"],
])('a name that a shell would read is quoted: %j', (name, quoted) => {
  expect(acknowledgeCommand(name, null)).toBe(`ecr-audit findings acknowledge ${quoted}`);
});
