import {
  type Absence,
  count,
  type GoneUser,
  type OverPermissionReport,
  type PrincipalUse,
  type RightUse,
} from '@ecr-audit/access';
import type { JobOf } from './report-jobs.ts';
import type { ScanReader } from './scan-reader.ts';
import { useReport } from './use-input.ts';

type Unused = Extract<Absence, { readonly kind: 'unused' }>;

/** One right of one principal in numbers of repositories. */
interface RightSummary {
  readonly right: string;
  readonly granted: number;
  readonly used: number;
  readonly unused: number;
  readonly notKnown: number;
  /** The lowest of what is called unused; null where nothing is. */
  readonly confidence: Unused['confidence'] | null;
  /** The shortest window of what is called unused. */
  readonly window: { readonly from: string; readonly until: string } | null;
  /** Why something is not known. */
  readonly reasons: readonly string[];
}

interface PrincipalSummary {
  readonly principal: PrincipalUse['principal'];
  readonly findings: PrincipalUse['findings'];
  readonly lastUsedAt: string | null;
  readonly unusedOnProduction: number;
  readonly capabilities: readonly RightSummary[];
  readonly unusable: readonly {
    readonly capability: string;
    readonly reason: string;
    readonly missing: readonly string[];
    readonly repositories: number;
  }[];
}

export interface OverPermissionAnswer {
  readonly period: { readonly from: string; readonly until: string };
  readonly leftOut: OverPermissionReport['leftOut'];
  readonly gone: readonly (Pick<GoneUser, 'key' | 'accountId' | 'arn' | 'events'> & {
    readonly lastUsedAt: string;
    readonly replacedBy: string | null;
  })[];
  /** By what matters. */
  readonly items: readonly PrincipalSummary[];
}

/** What is granted and was not used, in numbers; which repositories these are is asked of `/v1/access`. */
export async function overPermissionReport(
  reader: ScanReader,
  job: JobOf<'overPermission'>,
): Promise<OverPermissionAnswer> {
  const { period, leftOut, gone, principals } = await useReport(reader, job);
  return {
    period: { from: isoTime(period.fromMs), until: isoTime(period.asOfMs) },
    leftOut,
    gone: gone.map(({ key, accountId, arn, events, lastUsedMs, replacedBy }) => ({
      key,
      accountId,
      arn,
      events,
      lastUsedAt: isoTime(lastUsedMs),
      replacedBy: replacedBy?.id ?? null,
    })),
    items: principals.map(principalSummary),
  };
}

function principalSummary(use: PrincipalUse): PrincipalSummary {
  const { principal, findings, lastUsedMs, unusedOnProduction, capabilities, unusable } = use;
  return {
    principal,
    findings,
    lastUsedAt: lastUsedMs === null ? null : isoTime(lastUsedMs),
    unusedOnProduction,
    capabilities: capabilities.map(rightSummary),
    unusable: unusable.map(({ capability, reason, missing, set }) => ({
      capability,
      reason,
      missing,
      repositories: count(set),
    })),
  };
}

const confidences: readonly Unused['confidence'][] = ['low', 'medium', 'high'];

function rightSummary({ right, granted, used, absent }: RightUse): RightSummary {
  const unused = absent.flatMap(({ absence, set }) =>
    absence.kind === 'unused' ? [{ ...absence, repositories: count(set) }] : [],
  );
  const notKnown = absent.flatMap(({ absence, set }) =>
    absence.kind === 'notKnown' ? [{ reason: absence.reason, repositories: count(set) }] : [],
  );
  const shortest = unused.toSorted((a, b) => lengthOf(a) - lengthOf(b))[0]?.window;
  return {
    right,
    granted: count(granted),
    used: used.length,
    unused: sum(unused),
    notKnown: sum(notKnown),
    confidence: confidences.find((each) => unused.some(({ confidence }) => confidence === each)) ?? null,
    window: shortest === undefined ? null : { from: isoTime(shortest.fromMs), until: isoTime(shortest.untilMs) },
    reasons: [...new Set(notKnown.map(({ reason }) => reason))],
  };
}

function lengthOf({ window }: Unused): number {
  return window.untilMs - window.fromMs;
}

function sum(groups: readonly { readonly repositories: number }[]): number {
  return groups.reduce((total, { repositories }) => total + repositories, 0);
}

function isoTime(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
