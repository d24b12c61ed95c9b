import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryDirectory } from './temporary-directory.ts';

/** Two accounts: 111122223333 with registries in two regions, 444455556666 with IAM only. */
export const fixtureDirectory = path.join(import.meta.dirname, '../../fake-aws/fixture');
export const accountId = '111122223333';

/** A copy of the fixture in which some files hold something else; null removes a file or folder. */
export function damagedFixture(changes: Readonly<Record<string, string | null>>): string {
  const directory = path.join(temporaryDirectory('snapshot'), 'snapshot');
  const removed = new Set(Object.keys(changes).filter((file) => changes[file] === null));
  cpSync(fixtureDirectory, directory, {
    recursive: true,
    filter: (from) => !removed.has(path.relative(fixtureDirectory, from)),
  });
  for (const [file, content] of Object.entries(changes)) {
    if (content !== null) {
      mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
      writeFileSync(path.join(directory, file), content);
    }
  }
  return directory;
}
