/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  // Under pnpm the plug-ins do not lie beside Stryker, where it looks for them.
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
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
  reporters: ['progress-append-only'],
  // Loops without end are found by counting; the time is for the rest, and no verdict on how busy a machine is. A minute
  // was: with four other programs on two cores one round of all tests took longer, which would count as noticed.
  timeoutMS: 600_000,
  concurrency: 1,
};
