import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The files that decide, and so are changed. */
const CHANGED = [
  'packages/policy/src/*.ts',
  'packages/access/src/evaluate/*.ts',
  'packages/access/src/engine/{judge,possible,questions}.ts',
];

/** What a verdict may rest on: the code of both rooms, their tests, the cases, and how they are run. */
const JUDGES = [
  'packages/{policy,access}/src/**/*.ts',
  'test/conformance/**/*.{ts,json}',
  'test/mutation/{conformance-cases,end-on-failure,vitest.config}.ts',
  'test/mutation/stryker.config.mjs',
];

const CASES = 'test/mutation/conformance-cases.ts';

/** In the order of their paths. */
export function filesThatDecide(): readonly string[] {
  return globSync(CHANGED, { cwd: ROOT, exclude: ['**/*.test.ts', 'packages/*/src/index.ts'] }).toSorted();
}

/** What a verdict may rest on, as it stands at one time. */
export interface Judges {
  /** One text for all of it. */
  readonly whole: string;
  /** One for each file, by its path. */
  readonly files: Readonly<Record<string, string>>;
}

export function judgesNow(): Judges {
  const files = Object.fromEntries(
    globSync(JUDGES, { cwd: ROOT })
      .toSorted()
      .map((path) => [path, digest(readFileSync(`${ROOT}${path}`))]),
  );
  const cases = Object.entries(files).filter(([path]) => path.startsWith('test/conformance/'));
  // One test file for all cases is only as it was if they are.
  return { whole: digest(JSON.stringify(files)), files: { ...files, [CASES]: digest(JSON.stringify(cases)) } };
}

function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
