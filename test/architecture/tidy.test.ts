import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));
const FOLDERS = ['packages', 'services', 'infra', 'test'];
const OWN_NAME = 'test/architecture/tidy.test.ts';

const READ = new Set(['.ts', '.mjs', '.sql', '.yaml', '.md', '.sh']);

/** Every file that people write, by its path from the root. */
const files = FOLDERS.flatMap((folder) => filesBelow(folder)).filter((path) => READ.has(extname(path)));

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      // A program writes the last of these, and a test holds it to what it follows from.
      return ['node_modules', 'dist', 'generated'].includes(entry.name) ? [] : filesBelow(path);
    }
    return entry.isFile() ? [path] : [];
  });
}

function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function workspaces(): string[] {
  const inside = ['packages', 'services'].flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${folder}/${entry.name}`),
  );
  return [...inside, 'infra', 'test'];
}

/** What a pure room must not touch, with what to do in its place. */
const BANNED: readonly { readonly pattern: RegExp; readonly example: string; readonly instead: string }[] = [
  { pattern: /\bprocess\b/, example: 'process.env.HOME', instead: 'take the setting as an argument' },
  { pattern: /\bfetch\(/, example: 'await fetch(url)', instead: 'let a service call, and take its answer' },
  { pattern: /\bDate\.now\b/, example: 'Date.now()', instead: 'take the time as an argument' },
  { pattern: /\bnew Date\(\s*\)/, example: 'new Date()', instead: 'take the time as an argument' },
  { pattern: /\bperformance\./, example: 'performance.now()', instead: 'measure in test/bench' },
  { pattern: /\bMath\.random\b/, example: 'Math.random()', instead: 'take the choice or the id as an argument' },
  { pattern: /\bcrypto\./, example: 'crypto.randomUUID()', instead: 'take the id as an argument' },
  { pattern: /\bset(?:Timeout|Interval|Immediate)\(/, example: 'setTimeout(f, 1)', instead: 'let a service wait' },
  { pattern: /\bconsole\./, example: 'console.log(1)', instead: 'give the message back as a value' },
  { pattern: /\bBuffer\b/, example: "Buffer.from('')", instead: 'work on text, or on Uint8Array' },
  { pattern: /\bglobalThis\b/, example: 'globalThis.x', instead: 'take it as an argument' },
  { pattern: /['"]node:/, example: "import 'node:fs'", instead: 'do this in a room that touches the outside' },
  { pattern: /\bimport\(|\brequire\(/, example: "await import('x')", instead: 'import it at the top' },
];

/** The code without its comments, which may speak of anything. */
function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(?<=^|\s)\/\/.*$/gm, '');
}

const pureSources = files.filter((path) => /^packages\/(?:policy|access)\/src\/.*\.ts$/.test(path));

describe('the pure rooms', () => {
  test.each(BANNED)('never use $example: $instead', ({ pattern }) => {
    const found = pureSources
      .filter((path) => !path.endsWith('.test.ts'))
      .filter((path) => pattern.test(withoutComments(textOf(path))));
    expect(found).toEqual([]);
  });

  test.each(BANNED)('the rule about $example would see it, and not a comment about it', ({ pattern, example }) => {
    expect(pattern.test(withoutComments(`const a = 1; // ${example}\n/** ${example} */\n`))).toBe(false);
    expect(pattern.test(withoutComments(`// why\n${example};\n`))).toBe(true);
  });

  test('are where these rules look for them', () => {
    expect(pureSources.length).toBeGreaterThan(40);
  });
});

describe('every file', () => {
  test('is finished: what is left to do is an issue, and a limit of the evaluator is a value', () => {
    const leftover = /\b(?:FIXME|TODO|XXX|HACK)\b/;
    expect(files.filter((path) => path !== OWN_NAME && leftover.test(textOf(path)))).toEqual([]);
  });

  test('of tests runs all of its tests', () => {
    const narrowed = /\b(?:test|it|describe)\.(?:only|todo)\b/;
    expect(files.filter((path) => path !== OWN_NAME && path.endsWith('.ts') && narrowed.test(textOf(path)))).toEqual(
      [],
    );
  });
});

const LINES_MAX = 350;

/** Files that were longer than the limit when it was set. They may shrink, not grow; nothing is added here. */
const LINES_BASELINE: Readonly<Record<string, number>> = {
  'packages/policy/src/decide.test.ts': 400,
  'packages/policy/src/parse-document.test.ts': 450,
  'packages/store/src/queries/read-queries.test.ts': 500,
};

describe('files stay small enough to be read', () => {
  const lines = files
    .filter((path) => ['.ts', '.mjs'].includes(extname(path)))
    .map((path) => ({ path, count: textOf(path).split('\n').length - 1 }));

  test(`none grows past ${LINES_MAX} lines, or past what it was`, () => {
    const tooLong = lines.filter(({ path, count }) => count > (LINES_BASELINE[path] ?? LINES_MAX));
    expect(tooLong).toEqual([]);
  });

  test('the baseline names only files that still need it', () => {
    const stale = Object.keys(LINES_BASELINE).filter(
      (path) => !lines.some((line) => line.path === path && line.count > LINES_MAX),
    );
    expect(stale).toEqual([]);
  });
});

describe('every package and service', () => {
  const README_LINES_MAX = 40;

  test.each(workspaces().filter((folder) => folder !== 'test'))(
    '%s has a README that is read in a minute',
    (folder) => {
      const count = textOf(`${folder}/README.md`).trimEnd().split('\n').length;
      expect(count).toBeLessThanOrEqual(README_LINES_MAX);
    },
  );

  test('that any other folder has is as short', () => {
    const long = files
      .filter((path) => basename(path) === 'README.md')
      .filter((path) => textOf(path).trimEnd().split('\n').length > README_LINES_MAX);
    expect(long).toEqual([]);
  });

  const manifestSchema = z.object({ license: z.string(), private: z.literal(true), type: z.literal('module') });

  test.each(['.', ...workspaces()])('%s is under Apache-2.0, and is not published by mistake', (folder) => {
    expect(manifestSchema.parse(JSON.parse(textOf(`${folder}/package.json`))).license).toBe('Apache-2.0');
  });

  test.each(workspaces().filter((folder) => folder.startsWith('packages/')))(
    '%s has one entry, written by hand',
    (folder) => {
      const entry = textOf(`${folder}/src/index.ts`);
      expect(entry).not.toMatch(/export \* from/);
      expect(statSync(join(root, folder, 'src/index.ts')).size).toBeGreaterThan(0);
    },
  );
});

test('the licence stands at the root in full', () => {
  const licence = textOf('LICENSE');
  expect(licence).toContain('Apache License');
  expect(licence).toContain('Version 2.0, January 2004');
  expect(licence.split('\n').length).toBeGreaterThan(200);
});
