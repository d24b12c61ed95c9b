import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { sampleOrganization } from './sample-organization.ts';

const directory = fileURLToPath(new URL('../../services/cli/sample-organization/', import.meta.url));
const mebibyte = 1024 * 1024;

test('the committed sample is what the builder builds, byte for byte and file for file', async () => {
  const built = sampleOrganization();
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const committed = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'));
  expect(committed.toSorted()).toEqual(['README.md', ...built.map((file) => file.path)].toSorted());
  for (const file of built) {
    const content = await readFile(join(directory, file.path), 'utf8');
    expect(content === file.content, `${file.path}: run \`node test/sample-organization/build.ts\``).toBe(true);
  }
});

test('building twice gives the same files', () => {
  expect(sampleOrganization()).toEqual(sampleOrganization());
});

test('the sample stays small enough for the repository: 3 MiB in all, 1 MiB of it events', () => {
  const built = sampleOrganization();
  expect(bytes(built)).toBeLessThan(3 * mebibyte);
  expect(bytes(built.filter((file) => file.path.endsWith('.ndjson')))).toBeLessThan(mebibyte);
});

test('no text looks like a real access key', () => {
  const keys = sampleOrganization().flatMap((file) => file.content.match(/\bA(?:KIA|SIA)[A-Z0-9]{16}\b/g) ?? []);
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.filter((key) => !key.endsWith('EXAMPLE'))).toEqual([]);
});

function bytes(files: readonly { content: string }[]): number {
  return files.reduce((sum, file) => sum + Buffer.byteLength(file.content), 0);
}
