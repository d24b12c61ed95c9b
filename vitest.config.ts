import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { compileCacheDirectory } from './test/tools/compile-cache.ts';
import { LongestFirst } from './test/tools/longest-first.ts';

const pure = ['packages/{policy,access}/src/**/*.test.ts'];
const all = ['{packages,services}/*/src/**/*.test.ts', 'test/**/*.test.ts', 'infra/**/*.test.ts'];
// Tests start servers and processes of their own, several at once; the longest waits for a worker that was killed.
const timeoutMs = 120_000;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          include: pure,
          // Nothing there keeps state outside its module, reads a file or starts a process; a worker of its own for
          // each file would take 0.3 s of processor time more.
          isolate: false,
          pool: 'threads',
          testTimeout: timeoutMs,
        },
      },
      {
        test: {
          name: 'rooms',
          include: all,
          exclude: [...configDefaults.exclude, ...pure],
          // One Postgres server for the whole run; each test file gets a database of its own.
          globalSetup: ['packages/store/src/testing/global-setup.ts', 'test/tools/compile-cache.ts'],
          env: { NODE_COMPILE_CACHE: compileCacheDirectory },
          testTimeout: timeoutMs,
          hookTimeout: timeoutMs,
        },
      },
    ],
    // Half of the time of a whole run is waiting: for locks that end, for answers that never come, at the pace of AWS.
    // One worker on two cores, which is what Vitest takes by itself, needed 18 minutes.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
    reporters: ['default', './test/tools/closing-line.ts'],
  },
});
