/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  // Under pnpm the plug-ins do not lie beside Stryker, where it looks for them.
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  mutate: [
    'packages/policy/src/*.ts',
    'packages/access/src/evaluate/*.ts',
    'packages/access/src/engine/{judge,possible,questions}.ts',
    '!packages/**/*.test.ts',
    '!packages/*/src/index.ts',
  ],
  // The copy holds the pure rooms and what judges them, and nothing else.
  ignorePatterns: [
    '**',
    '!packages/{policy,access}/{src/**,package.json,tsconfig.json}',
    '!test/{conformance,mutation}/**',
    '!test/{package.json,tsconfig.json}',
    '!package.json',
    '!tsconfig.base.json',
  ],
  tempDirName: '.stryker/copy',
  incremental: true,
  incrementalFile: '.stryker/incremental.json',
  reporters: ['progress-append-only', 'json'],
  jsonReporter: { fileName: '.stryker/report.json' },
  // Loops without end are found by counting; the time is for the rest, and no verdict on how busy a machine is.
  timeoutMS: 60_000,
  concurrency: 1,
};
