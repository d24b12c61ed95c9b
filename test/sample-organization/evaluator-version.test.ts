import { createHash } from 'node:crypto';
import { EVALUATOR_VERSION, evaluateSnapshot } from '@ecr-audit/access';
import { expect, test } from 'vitest';
import { samplePoints } from './sample-points.ts';

/** When this fails, an answer about the sample has changed: raise EVALUATOR_VERSION and record both. */
const recorded = { version: '2', answers: '66652ef1761ebe91892360594b675c1a6b2d03d2470dde3dc0bba474a59ac002' };

test('an answer of the evaluator does not change without a new version of the rules', () => {
  const hash = createHash('sha256');
  const { before, after } = samplePoints();
  for (const snapshot of [before, after]) {
    for (const { principal, resource, action, decision, residual, reasons } of evaluateSnapshot(snapshot).rows) {
      hash.update(`${JSON.stringify([principal.id, resource, action, decision, residual, reasons])}\n`);
    }
  }
  expect({ version: EVALUATOR_VERSION, answers: hash.digest('hex') }).toEqual(recorded);
});
