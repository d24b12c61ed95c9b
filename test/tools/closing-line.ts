import type { Reporter, TestModule } from 'vitest/node';

/** Names every test that did not run, with the reason in its title, and closes with the counts on one line. */
// Vitest loads a reporter as a default export.
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        counts[state] += 1;
        if (state === 'skipped') {
          process.stdout.write(`skipped: ${test.fullName}\n`);
        }
      }
    }
    process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
  }
}
