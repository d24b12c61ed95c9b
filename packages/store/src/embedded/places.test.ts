import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { installedBinaries } from './binaries.ts';
import { defaultDataDirectory, prepareDataDirectory } from './data-directory.ts';
import { serverUser } from './server-user.ts';
import { makeSocketDirectory } from './socket-directory.ts';

const parent = mkdtempSync('/tmp/ea-');
afterAll(() => rmSync(parent, { recursive: true }));

describe('the data directory', () => {
  test.each([
    [{ ECR_AUDIT_DATA: '/data', HOME: '/home/a' }, false, '/data'],
    [{ ECR_AUDIT_DATA: '/data' }, true, '/data'],
    [{ HOME: '/root', XDG_DATA_HOME: '/root/x' }, true, '/var/lib/ecr-audit'],
    [{ HOME: '/home/a', XDG_DATA_HOME: '/srv/a' }, false, '/srv/a/ecr-audit'],
    [{ HOME: '/home/a', XDG_DATA_HOME: 'relative' }, false, '/home/a/.local/share/ecr-audit'],
    [{ HOME: '/home/a', ECR_AUDIT_DATA: '' }, false, '/home/a/.local/share/ecr-audit'],
  ])('with %o and root %s is %s', (environment, isRoot, expected) => {
    expect(defaultDataDirectory(environment, isRoot)).toBe(expected);
  });

  test('is made with everything on the way to it', () => {
    const directory = path.join(parent, 'deep/er/data');
    expect(prepareDataDirectory(directory, null)).toBe(realpathSync(directory));
  });

  // Linux says of /proc that the new directory does not exist; elsewhere there is no /proc, and the root is not ours.
  test.each(['/proc/ecr-audit/data', `${import.meta.filename}/data`])(
    'is refused where nothing can be made: %s',
    (place) => {
      expect(() => prepareDataDirectory(place, null)).toThrow(
        expect.objectContaining({ code: 'dataDirectoryUnusable' }),
      );
    },
  );
});

describe('the socket directory', () => {
  test('is the same for the same data directory and another one for another', () => {
    const parents = ['/tmp'];
    const first = makeSocketDirectory(path.join(parent, 'a'), serverUser(), parents);
    expect(makeSocketDirectory(path.join(parent, 'a'), serverUser(), parents)).toBe(first);
    const second = makeSocketDirectory(path.join(parent, 'b'), serverUser(), parents);
    expect(second).not.toBe(first);
    for (const directory of [first, second]) {
      rmSync(directory, { recursive: true });
    }
  });

  test('lies in the next place where the temporary directory is too long', () => {
    const directory = makeSocketDirectory(path.join(parent, 'c'), serverUser(), [`/tmp/${'long'.repeat(30)}`, '/tmp']);
    expect(path.dirname(directory)).toBe('/tmp');
    rmSync(directory, { recursive: true });
  });

  test('is refused where every place is too long', () => {
    expect(() => makeSocketDirectory(parent, null, [`/tmp/${'long'.repeat(30)}`])).toThrow(
      expect.objectContaining({ code: 'socketPathTooLong' }),
    );
  });

  test('is refused where somebody else was there first', () => {
    const ours = makeSocketDirectory(path.join(parent, 'd'), serverUser(), ['/tmp']);
    rmSync(ours, { recursive: true });
    symlinkSync('/', ours);
    expect(() => makeSocketDirectory(path.join(parent, 'd'), serverUser(), ['/tmp'])).toThrow(
      expect.objectContaining({ code: 'dataDirectoryUnusable' }),
    );
    rmSync(ours);
  });
});

test('a platform without a package is refused with the way out', () => {
  expect(() => installedBinaries('sunos-sparc')).toThrow(
    expect.objectContaining({ code: 'platformUnsupported', message: expect.stringContaining('`DATABASE_URL`') }),
  );
});
