import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A directory of the test's own that the embedded Postgres can use too: its server is not root, and must pass. */
export function temporaryDirectory(name: string): string {
  const directory = mkdtempSync(path.join(process.getuid?.() === 0 ? '/var/tmp' : '/tmp', `ecr-audit-${name}-`));
  chmodSync(directory, 0o755);
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
