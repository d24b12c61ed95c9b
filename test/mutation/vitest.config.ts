import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const root = fileURLToPath(new URL('../..', import.meta.url));

const UNIT_TESTS = ['packages/policy/src/*.test.ts', 'packages/access/src/{evaluate,engine}/*.test.ts'];
/** They take from half a second to four, each time that they are asked about a mutant. */
const SLOW = [
  ...['decide', 'decide-residual', 'simplify', 'settle'].map((name) => `packages/policy/src/${name}.test.ts`),
  'packages/access/src/evaluate/evaluate-snapshot.test.ts',
];
/** They bound the work for documents of maximum size: three seconds for every mutant, and no answer rests on them. */
const NO_JUDGE = '**/hostile-documents.test.ts';

const isQuick = process.env['MUTATION_JUDGES'] === 'quick';

function rank({ moduleId }: TestSpecification): number {
  return SLOW.some((path) => moduleId.endsWith(path)) ? 2 : moduleId.includes('/packages/') ? 0 : 1;
}

class QuickTestsFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1)));
  }
}

/** The tests that judge a mutant: those of the pure rooms, and every conformance case. None of them needs a database. */
export default defineConfig({
  root,
  resolve: {
    alias: {
      // Stryker mutates a copy, in which the packages' links still lead to the unchanged originals.
      '@ecr-audit/access': `${root}packages/access/src/index.ts`,
      '@ecr-audit/policy': `${root}packages/policy/src/index.ts`,
    },
  },
  test: {
    include: isQuick ? UNIT_TESTS : ['packages/{policy,access}/src/**/*.test.ts', 'test/mutation/conformance-cases.ts'],
    exclude: isQuick ? [NO_JUDGE, ...SLOW] : [NO_JUDGE],
    // A test that fails for being slow would say on a busy machine that a change was noticed.
    testTimeout: 0,
    setupFiles: ['test/mutation/end-on-failure.ts'],
    sequence: { sequencer: QuickTestsFirst },
    // Nothing keeps state outside its module, and a worker per file costs more than most mutants.
    isolate: false,
  },
});
