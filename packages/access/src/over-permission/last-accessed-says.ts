import type { LastAccessedReport } from '../activity/last-accessed.ts';
import { eventsShowing, type Right } from './evidence.ts';
import type { Absence, Period } from './judge-absence.ts';
import type { RightUse } from './report.ts';
import type { Use } from './use-index.ts';

interface Said {
  readonly report: LastAccessedReport;
  readonly seen: ReadonlyMap<string, ReadonlyMap<Right, Use>>;
  readonly period: Period;
}

/**
 * The same rights, without those called unused of which IAM says otherwise. It names no repository and counts refused
 * attempts, so it makes nothing used: only where no event at all explains what it says, an event may be missing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html
 */
export function contradicted(rights: readonly RightUse[], { report, seen, period }: Said): readonly RightUse[] {
  if (report.evidence === 'notListed') {
    return rights;
  }
  const explained = new Set(
    [...seen.values()].flatMap((uses) =>
      [...uses].filter(([, { lastMs }]) => lastMs >= period.fromMs).map(([right]) => right),
    ),
  );
  const lastMs = (action: string): number => {
    const at = report.entries.find((entry) => entry.action.toLowerCase() === action.toLowerCase())?.lastAt ?? null;
    return at === null ? Number.NEGATIVE_INFINITY : Date.parse(at);
  };
  const saysUsed = (right: Right, absence: Absence): boolean => {
    if (absence.kind === 'notKnown' || explained.has(right)) {
      return false;
    }
    const times =
      report.evidence === 'service'
        ? explained.size > 0
          ? []
          : [lastMs('')]
        : (eventsShowing(right) ?? []).flatMap((name) => [lastMs(name), lastMs(`ecr:${name}`)]);
    return times.some((time) => time >= absence.window.fromMs);
  };
  return rights.map((use) =>
    use.absent.some(({ absence }) => saysUsed(use.right, absence))
      ? {
          ...use,
          absent: use.absent.map((each) =>
            saysUsed(use.right, each.absence)
              ? { ...each, absence: { kind: 'notKnown', reason: 'lastAccessedSaysUsed' } }
              : each,
          ),
        }
      : use,
  );
}
