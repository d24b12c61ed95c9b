import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{packages,services}/*/src/**/*.test.ts', 'test/**/*.test.ts', 'infra/**/*.test.ts'],
    // One Postgres server for the whole run; each test file gets a database of its own.
    globalSetup: ['packages/store/src/testing/global-setup.ts'],
    // Tests start servers and processes of their own; the longest waits for a worker that was killed.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default', './test/tools/closing-line.ts'],
  },
});
