import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import type { SnapshotPart } from '@ecr-audit/access';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { readSnapshotDirectory } from './read-snapshot-directory.ts';
import { writeSnapshotDirectory } from './write-snapshot-directory.ts';

let base = '';
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'snapshot-'));
});
afterEach(async () => {
  await rm(base, { recursive: true, force: true });
});

const manifest: SnapshotPart = { path: 'snapshot.json', content: '{}\n' };
const events: SnapshotPart = {
  path: 'accounts/111122223333/eu-west-1/cloudtrail-events.ndjson',
  content: '{"EventName":"PutImage"}\n',
};
const parts = [events, { path: 'accounts/111122223333/identity-providers.json', content: '{"é": 1}\n' }, manifest];

async function put(path: string, content: string | Buffer): Promise<void> {
  const file = join(base, 'in', path);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, content);
}

describe('reading', () => {
  test('what was written is read back, sorted by path', async () => {
    await writeSnapshotDirectory(join(base, 'out'), parts.toReversed());
    expect(await readSnapshotDirectory(join(base, 'out'))).toEqual(parts);
  });

  test('a .gz file is read decompressed, under its name without .gz', async () => {
    await put('snapshot.json', manifest.content);
    await put(`${events.path}.gz`, gzipSync(events.content));
    expect(await readSnapshotDirectory(join(base, 'in'))).toEqual([events, manifest]);
  });

  test('files that a snapshot does not have are passed over', async () => {
    await put('snapshot.json', manifest.content);
    await put('README.md', 'a note');
    await put('accounts/not-an-account/identity-providers.json', '{}');
    await put('accounts/111122223333/eu-west-1/deeper/registry.json', '{}');
    expect(await readSnapshotDirectory(join(base, 'in'))).toEqual([manifest]);
  });

  test('a directory that is missing is named with the way to make one', async () => {
    await expect(readSnapshotDirectory(join(base, 'nowhere'))).rejects.toMatchObject({
      code: 'snapshotDirectoryMissing',
      message: `cannot open snapshot directory \`${join(base, 'nowhere')}\`: it does not exist; make a snapshot with \`ecr-audit collect --out DIR\``,
    });
  });

  test('a file in place of a directory is refused', async () => {
    await put('file', '');
    await expect(readSnapshotDirectory(join(base, 'in', 'file'))).rejects.toMatchObject({
      code: 'snapshotDirectoryMissing',
    });
  });

  test('a directory without snapshot.json is refused with what was expected', async () => {
    await put('something.txt', '');
    await expect(readSnapshotDirectory(join(base, 'in'))).rejects.toMatchObject({
      code: 'notASnapshot',
      message: expect.stringContaining('ecr-audit collect --out DIR'),
    });
  });

  test.each([
    ['damaged gzip data', `${events.path}.gz`, Buffer.from('not gzip'), 'expected gzip data'],
    ['gzip data that end early', `${events.path}.gz`, gzipSync('x'.repeat(1000)).subarray(0, 20), 'end too early'],
    ['bytes that are no UTF-8', events.path, Buffer.from([0xff, 0xfe]), 'expected text in UTF-8'],
  ])('%s are an error that names the file', async (_title, path, content, reason) => {
    await put('snapshot.json', manifest.content);
    await put(path, content);
    await expect(readSnapshotDirectory(join(base, 'in'))).rejects.toMatchObject({
      code: 'snapshotFileUnreadable',
      message: expect.stringMatching(new RegExp(`cloudtrail-events.ndjson.*${reason}`)),
    });
  });

  test('a file that is there plain and compressed is refused, because only one can be meant', async () => {
    await put('snapshot.json', manifest.content);
    await put(events.path, events.content);
    await put(`${events.path}.gz`, gzipSync(events.content));
    await expect(readSnapshotDirectory(join(base, 'in'))).rejects.toMatchObject({ code: 'snapshotFileUnreadable' });
  });

  test('a link that leaves the directory is refused, and one within it is followed', async () => {
    await put('snapshot.json', manifest.content);
    await put('accounts/111122223333/identity-providers.json', '{}');
    await mkdir(join(base, 'in/accounts/444455556666'));
    await symlink(
      '../111122223333/identity-providers.json',
      join(base, 'in/accounts/444455556666/identity-providers.json'),
    );
    expect(await readSnapshotDirectory(join(base, 'in'))).toHaveLength(3);
    await writeFile(join(base, 'secret'), 'a secret');
    await symlink(join(base, 'secret'), join(base, 'in/organization.json'));
    await expect(readSnapshotDirectory(join(base, 'in'))).rejects.toMatchObject({
      code: 'snapshotFileUnreadable',
      message: expect.stringContaining('leaves the snapshot directory'),
    });
  });

  test('a linked folder outside the directory is refused too', async () => {
    await put('snapshot.json', manifest.content);
    await mkdir(join(base, 'elsewhere'));
    await symlink(join(base, 'elsewhere'), join(base, 'in/accounts'));
    await expect(readSnapshotDirectory(join(base, 'in'))).rejects.toMatchObject({ code: 'snapshotFileUnreadable' });
  });
});

describe('writing', () => {
  test('tells each directory that is in the way if the process ends, and leaves none of them', async () => {
    const temporary: string[] = [];
    const onTemporary = (directory: string): void => {
      temporary.push(directory);
    };
    await writeSnapshotDirectory(join(base, 'out'), parts, { onTemporary });
    await writeSnapshotDirectory(join(base, 'out'), parts, { onTemporary });
    expect(temporary).toHaveLength(3);
    expect(await readdir(base)).toEqual(['out']);
  });

  test('a snapshot is replaced as a whole, and nothing is left beside it', async () => {
    await writeSnapshotDirectory(join(base, 'out'), parts);
    await writeSnapshotDirectory(join(base, 'out'), [manifest]);
    expect(await readSnapshotDirectory(join(base, 'out'))).toEqual([manifest]);
    expect(await readdir(base)).toEqual(['out']);
  });

  test('an empty directory and one that is not there yet are taken', async () => {
    await mkdir(join(base, 'empty'));
    await writeSnapshotDirectory(join(base, 'empty'), parts);
    await writeSnapshotDirectory(join(base, 'not/yet/there'), parts);
    expect(await readSnapshotDirectory(join(base, 'not/yet/there'))).toEqual(parts);
  });

  test.each(['notes.txt', 'accounts/notes.txt', 'accounts/111122223333/eu-west-1/notes.txt'])(
    'a directory that holds %s is refused and stays as it is, even when it is a snapshot otherwise',
    async (path) => {
      await put('snapshot.json', 'old');
      await put(path, 'mine');
      await expect(writeSnapshotDirectory(join(base, 'in'), parts)).rejects.toMatchObject({
        code: 'snapshotDirectoryOccupied',
        message: expect.stringContaining('notes.txt'),
      });
      expect(await readFile(join(base, 'in', path), 'utf8')).toBe('mine');
      expect(await readFile(join(base, 'in/snapshot.json'), 'utf8')).toBe('old');
    },
  );

  test('a directory that is no snapshot is refused', async () => {
    await put('photo.jpg', '');
    await expect(writeSnapshotDirectory(join(base, 'in'), parts)).rejects.toMatchObject({
      code: 'snapshotDirectoryOccupied',
    });
  });

  test('a failure while writing leaves what was there', async () => {
    await writeSnapshotDirectory(join(base, 'out'), [manifest]);
    const twice = [manifest, events, events];
    await expect(writeSnapshotDirectory(join(base, 'out'), twice)).rejects.toMatchObject({
      code: 'snapshotWriteFailed',
    });
    expect(await readSnapshotDirectory(join(base, 'out'))).toEqual([manifest]);
    expect(await readdir(base)).toEqual(['out']);
  });

  test.each(['../outside.json', '/etc/passwd', 'accounts/111122223333/../../x', 'notes.txt'])(
    'a part with the path %s is refused',
    async (path) => {
      await expect(writeSnapshotDirectory(join(base, 'out'), [{ path, content: '' }])).rejects.toMatchObject({
        code: 'snapshotWriteFailed',
      });
      expect(await readdir(base)).toEqual([]);
    },
  );

  test('a path below a file is refused with the reason', async () => {
    await put('file', '');
    await expect(writeSnapshotDirectory(join(base, 'in/file/out'), parts)).rejects.toMatchObject({
      code: 'snapshotWriteFailed',
      message: expect.stringContaining('not a directory'),
    });
  });
});
