import { answerRequest, assembleSnapshot } from '@ecr-audit/access';
import { describe, expect, test } from 'vitest';

import { differences } from './difference.ts';
import { loadConformanceFiles } from './load.ts';

for (const { path, file, cases } of loadConformanceFiles()) {
  describe(`${path} (${file.page})`, () => {
    for (const { title, parts, request, expect: expected } of cases) {
      test(`rule ${file.rule}: ${title}`, () => {
        const answer = answerRequest(assembleSnapshot(parts), request);
        expect(differences(answer, expected)).toEqual([]);
      });
    }
  });
}
