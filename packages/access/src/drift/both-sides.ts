import type { EvaluatedRegistry } from '../evaluate/evaluate-snapshot.ts';
import { findOrganizationGap } from '../snapshot/gaps.ts';
import type { CollectionGap } from '../snapshot/gap.ts';
import type { Snapshot } from '../snapshot/model.ts';

/** Two snapshots, so that what only one of them lacks is unknown in it, or the same in both. */
export interface BothSides {
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** Where the policy scope was taken from the other side, which decides what a registry policy bears on. */
  readonly withForeignScope: readonly EvaluatedRegistry[];
}

const NOT_COLLECTED: CollectionGap = {
  accountId: null,
  region: null,
  source: 'organization.json',
  resource: null,
  reason: 'missingFile',
  message: '`organization.json` is missing',
};

/**
 * Makes two snapshots comparable. Evaluated by itself, one without the organization is judged without its policies, and a registry
 * whose policy scope was not read is taken to have the newer one: beside a snapshot that has read them, either would look like a change.
 */
export function bothSides(before: Snapshot, after: Snapshot): BothSides {
  const withForeignScope: EvaluatedRegistry[] = [];
  const earlier = withScopes(withOrganizationGap(before, after), after, withForeignScope);
  const later = withScopes(withOrganizationGap(after, before), before, withForeignScope);
  return { before: earlier, after: later, withForeignScope };
}

function withOrganizationGap(snapshot: Snapshot, other: Snapshot): Snapshot {
  const isToldAlready = snapshot.gaps.some((gap) => findOrganizationGap([gap], gap.accountId) !== null);
  const lacks = snapshot.organization === null && other.organization !== null && !isToldAlready;
  return lacks ? { ...snapshot, gaps: [...snapshot.gaps, NOT_COLLECTED] } : snapshot;
}

/** The very same snapshot where it lacks no scope that the other has: an engine may be kept with it. */
function withScopes(snapshot: Snapshot, other: Snapshot, foreign: EvaluatedRegistry[]): Snapshot {
  const accounts = new Map(snapshot.accounts);
  let isChanged = false;
  for (const [accountId, account] of snapshot.accounts) {
    const regions = new Map(account.regions);
    for (const [name, region] of account.regions) {
      const there = other.accounts.get(accountId)?.regions.get(name)?.registry;
      if (region.registry.scope !== null || there === undefined || there.scope === null) {
        continue;
      }
      if (region.registry.policy.kind !== 'none' || there.policy.kind !== 'none') {
        foreign.push({ accountId, region: name });
      }
      regions.set(name, { ...region, registry: { ...region.registry, scope: there.scope } });
      accounts.set(accountId, { ...account, regions });
      isChanged = true;
    }
  }
  return isChanged ? { ...snapshot, accounts } : snapshot;
}
