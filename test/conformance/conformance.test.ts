import { answerRequest, answerRequestByEngine, assembleSnapshot } from '@ecr-audit/access';
import { describe, expect, test } from 'vitest';

import { differences } from './difference.ts';
import { loadConformanceFiles } from './load.ts';

for (const { path, file, cases } of loadConformanceFiles()) {
  describe(`${path} (${file.page})`, () => {
    for (const { title, parts, request, expect: expected } of cases) {
      test(`rule ${file.rule}: ${title}`, () => {
        const snapshot = assembleSnapshot(parts);
        const answer = answerRequest(snapshot, request);
        expect(differences(answer, expected)).toEqual([]);
        // The engine says the same word for word.
        expect(answerRequestByEngine(snapshot, request)).toEqual(answer);
      });
    }
  });
}
