import { type EvaluationResult, evaluateSnapshot, type PrincipalAccess, type Snapshot } from '@ecr-audit/access';

/** An evaluation whose access has all been computed. */
export interface FullEvaluation extends EvaluationResult {
  readonly access: readonly PrincipalAccess[];
}

export interface MeasuredEvaluation {
  readonly evaluation: FullEvaluation;
  readonly evaluateMs: number;
  /** What the process computed meanwhile, the collector of garbage included: more than the time where that helps on a second core. */
  readonly evaluateCpuMs: number;
}

/** The access is computed as it is read: here all of it is. */
export function evaluateFully(snapshot: Snapshot): MeasuredEvaluation {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const result = evaluateSnapshot(snapshot);
  const access = [...result.access];
  const evaluateMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  return { evaluation: { ...result, access }, evaluateMs, evaluateCpuMs: (user + system) / 1000 };
}

/** The most memory that this process has held so far, in bytes. */
export function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
