import type { Fault } from './faults.ts';
import type { ServedState } from './served-state.ts';

/**
 * Calls that failed when the snapshot was taken fail again, so that collecting it anew gives the same gaps. Those of
 * LookupEvents are left out: one gap may stand beside the events that were read before it, and these are served.
 */
export function faultsOfGaps(gaps: ServedState['gaps']): readonly Fault[] {
  return gaps.flatMap((gap): readonly Fault[] => {
    const kind = gap.reason === 'accessDenied' ? 'deny' : gap.reason === 'throttled' ? 'throttle' : null;
    if (kind === null || !/^(iam|sts|ecr|organizations|account):\w+$/.test(gap.source)) {
      return [];
    }
    return [
      {
        kind,
        operation: gap.source,
        // The gap of an organization's tags names the account they belong to, not the one that asked.
        ...(gap.accountId === null || gap.source.startsWith('organizations:') ? {} : { accountId: gap.accountId }),
        ...(gap.region === null ? {} : { region: gap.region }),
        ...(gap.resource === null ? {} : { resource: gap.resource }),
      },
    ];
  });
}
