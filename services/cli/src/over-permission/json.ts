import { type Absence, type BitSet, members, type OverPermissionReport, type RightUse } from '@ecr-audit/access';
import { isoTime, summaryOf } from './summary.ts';

/**
 * The report as JSON. Repositories stand in it once, and sets of them once: `set` is a place in `sets`, whose members are
 * places in `repositories`.
 */
export function jsonOf(report: OverPermissionReport): object {
  const sets: number[][] = [];
  const known = new Map<string, number>();
  const setNumber = (set: BitSet): number => {
    const list = [...members(set)];
    const key = list.join();
    const number = known.get(key) ?? sets.length;
    if (number === sets.length) {
      known.set(key, number);
      sets.push(list);
    }
    return number;
  };
  const rightOf = (use: RightUse): object => {
    const { right, granted, used, unused, notKnown } = summaryOf(use);
    return {
      right,
      granted,
      usedOn: used,
      unusedOn: unused,
      notKnownOn: notKnown,
      set: setNumber(use.granted),
      uncertainSet: setNumber(use.uncertain),
      used: use.used.map(({ index, firstMs, lastMs, events, onBehalfOf }) => ({
        repository: index,
        first: isoTime(firstMs),
        last: isoTime(lastMs),
        events,
        onBehalfOf,
      })),
      absent: use.absent.map(({ absence, set }) => ({ ...absenceOf(absence), set: setNumber(set) })),
    };
  };
  const principals = report.principals.map(
    ({ principal, findings, lastUsedMs, unusedOnProduction, capabilities, actions, registryActions, unusable }) => ({
      ...principal,
      findings,
      lastUsed: lastUsedMs === null ? null : isoTime(lastUsedMs),
      unusedOnProduction,
      capabilities: capabilities.map(rightOf),
      actions: actions.map(rightOf),
      registryActions: registryActions.map(({ right, places }) => ({
        right,
        places: places.map(({ accountId, region, use }) => ({
          accountId,
          region,
          ...(use.kind === 'used'
            ? { status: 'used', first: isoTime(use.firstMs), last: isoTime(use.lastMs), events: use.events }
            : absenceOf(use)),
        })),
      })),
      unusable: unusable.map(({ set, ...each }) => ({ ...each, set: setNumber(set) })),
    }),
  );
  return {
    period: { from: isoTime(report.period.fromMs), until: isoTime(report.period.asOfMs) },
    repositories: report.repositories.map(({ arn, isProduction }) => ({ arn, isProduction })),
    sets,
    principals,
    gone: report.gone.map(({ lastUsedMs, replacedBy, ...each }) => ({
      ...each,
      lastUsed: isoTime(lastUsedMs),
      replacedBy: replacedBy?.id ?? null,
    })),
    policies: report.policies,
    leftOut: report.leftOut,
  };
}

function absenceOf(absence: Absence): object {
  return absence.kind === 'notKnown'
    ? { status: 'notKnown', reason: absence.reason }
    : {
        status: 'unused',
        window: { from: isoTime(absence.window.fromMs), until: isoTime(absence.window.untilMs) },
        confidence: absence.confidence,
      };
}
