import {
  type AccessDrift,
  accessDrift,
  type Cause,
  causesOf,
  type ConfigurationDifference,
  configurationDifferences,
  describeOutsideResidual,
  describeResidual,
  EVALUATOR_VERSION,
  type UnknownConfiguration,
  type UnknownDrift,
} from '@ecr-audit/access';
import type { LoadedSnapshot } from '../load-snapshot.ts';
import { loadChanges } from './load-changes.ts';

/** A difference of the configuration with the calls that made it, or why there are none. */
export type CausedDifference = ConfigurationDifference & { readonly cause: Cause | null };

/** What is answered, with its condition in words; null where there is none. */
type PlainSide = AccessDrift['before'] & { readonly condition: string | null };

type Plain<Drift> = Omit<Drift, 'before' | 'after'> & { readonly before: PlainSide; readonly after: PlainSide };
export type PlainDrift = Plain<AccessDrift>;
export type PlainUnknown = Plain<UnknownDrift>;

/** Drift as it is written out. */
export interface DriftReport {
  /** When the snapshots were taken; ISO 8601. */
  readonly from: string;
  readonly to: string;
  /** Both snapshots are judged by these rules, so that other rules never show as drift. */
  readonly evaluatorVersion: string | number;
  readonly compared: { readonly principals: number; readonly repositories: number };
  readonly differences: readonly CausedDifference[];
  readonly access: readonly PlainDrift[];
  readonly notKnown: {
    readonly configuration: readonly UnknownConfiguration[];
    readonly access: readonly PlainUnknown[];
  };
}

/** Compares two snapshots and tells what became other, because of which difference, and by whose call. */
export async function driftReport(from: LoadedSnapshot, to: LoadedSnapshot): Promise<DriftReport> {
  const { differences, notKnown } = configurationDifferences(from, to);
  const drift = accessDrift(from, to, differences);
  const causes = causesOf(differences, { from, to, ...(await loadChanges(from, to)) });
  return {
    from: from.snapshot.takenAt,
    to: to.snapshot.takenAt,
    evaluatorVersion: EVALUATOR_VERSION,
    compared: drift.compared,
    differences: differences.map((difference, index) => ({ ...difference, cause: causes[index] ?? null })),
    access: drift.drifts.map(plain),
    notKnown: { configuration: notKnown, access: drift.notKnown.map(plain) },
  };
}

function plain<Drift extends AccessDrift | UnknownDrift>(drift: Drift): Plain<Drift> {
  const [principal] = drift.principals;
  const side = (each: AccessDrift['before']): PlainSide => ({
    ...each,
    condition:
      principal?.kind === 'external'
        ? describeOutsideResidual(each.residual, principal)
        : describeResidual(each.residual),
  });
  return { ...drift, before: side(drift.before), after: side(drift.after) };
}
