import { answerRequest, answerRequestByEngine, assembleSnapshot } from '@ecr-audit/access';
import { expect, test } from 'vitest';

import { differences } from '../conformance/difference.ts';
import { loadConformanceFiles } from '../conformance/load.ts';

// One test a file: what a mutant reaches is recorded per test, and 162 tests tell nearly as much as 2,000.
for (const { path, cases } of loadConformanceFiles()) {
  test(`every case of ${path}`, () => {
    for (const { parts, request, expect: expected } of cases) {
      const snapshot = assembleSnapshot(parts);
      const answer = answerRequest(snapshot, request);
      expect(differences(answer, expected)).toEqual([]);
      expect(answerRequestByEngine(snapshot, request)).toEqual(answer);
    }
  });
}
