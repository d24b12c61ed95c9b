import { answerRequest, assembleSnapshot } from '@ecr-audit/access';
import { parsePolicyDocument } from '@ecr-audit/policy';
import { median } from './figures.ts';
import { hostileCases } from './hostile-documents.ts';
import { hostileSnapshot } from './hostile-snapshot.ts';
import { evaluateFully, peakBytes } from './evaluate-fully.ts';

/* One hostile case in a process of its own: `hostile-run.ts NAME SHARE`. */

const repetitions = 3;

const [, , name = '', share = '1'] = process.argv;
const documents = hostileCases[name]?.(Number(share)) ?? { identity: null, repository: null };
const { parts, question } = hostileSnapshot(documents);
const parseMs = timeOf(() => [
  documents.identity === null ? null : parsePolicyDocument(documents.identity, 'identity'),
  documents.repository === null ? null : parsePolicyDocument(documents.repository, 'resource'),
]);
const snapshot = assembleSnapshot(parts);
const answer = answerRequest(snapshot, question);
const decideMs = timeOf(() => answerRequest(snapshot, question));
const { evaluateMs } = evaluateFully(snapshot);
process.stdout.write(
  JSON.stringify({
    bytes: (documents.identity?.length ?? 0) + (documents.repository?.length ?? 0),
    parseMs,
    decideMs,
    decision: 'error' in answer ? answer.error : answer.decision,
    evaluateMs,
    peakBytes: peakBytes(),
  }),
);

function timeOf(work: () => unknown): number {
  return median(
    Array.from({ length: repetitions }, () => {
      const startedAt = performance.now();
      work();
      return performance.now() - startedAt;
    }),
  );
}
