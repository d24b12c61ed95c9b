import { createHash } from 'node:crypto';
import {
  accessDrift,
  assembleSnapshot,
  configurationDifferences,
  evaluateSnapshot,
  findFindings,
  findingInput,
  type SnapshotWithParts,
} from '@ecr-audit/access';
import { peakBytes } from './evaluate-fully.ts';
import { readParts } from './scratch.ts';

/* What follows the evaluation of a snapshot, in a process of its own: `drift-run.ts BEFORE AFTER`. */

const selection = { patterns: ['*prod*'], tags: {} };
const settings = {
  production: selection,
  sensitive: selection,
  administrators: ['*admin*'],
  ourAccounts: [],
  partnerAccounts: [],
  allowedAccounts: [],
  ourOrganizations: [],
  dormantDays: 90,
};

const [, , earlier = '', later = ''] = process.argv;
const parts = { before: readParts(earlier), after: readParts(later) };
// The evaluator has assembled and evaluated the later snapshot when it wants the rest.
const after: SnapshotWithParts = { snapshot: assembleSnapshot(parts.after), parts: parts.after };
const evaluate = timed(() => {
  const { access, ...rest } = evaluateSnapshot(after.snapshot);
  return { ...rest, access: [...access] };
});
const assemble = timed((): SnapshotWithParts => ({
  snapshot: assembleSnapshot(parts.before),
  parts: parts.before,
}));
const before = assemble.result;
const differences = timed(() => configurationDifferences(before, after).differences);
const drift = timed(() => accessDrift(before, after, differences.result));
const findings = timed(
  () =>
    findFindings(
      findingInput(after, {
        before,
        settings,
        evaluated: evaluate.result,
        drift: { ...drift.result, differences: differences.result },
      }),
      (text) => createHash('sha256').update(text).digest('hex'),
    ).findings.length,
);
const steps = { assemble, evaluate, differences, drift, findings };
const counts = {
  differences: differences.result.length,
  drifts: drift.result.drifts.length,
  findings: findings.result,
};
process.stdout.write(
  JSON.stringify({
    ...Object.fromEntries(Object.entries(steps).map(([name, { ms, cpuMs }]) => [name, { ms, cpuMs }])),
    counts,
    peakBytes: peakBytes(),
  }),
);

interface Timed<Result> {
  readonly result: Result;
  readonly ms: number;
  readonly cpuMs: number;
}

function timed<Result>(work: () => Result): Timed<Result> {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const result = work();
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  return { result, ms, cpuMs: (user + system) / 1000 };
}
