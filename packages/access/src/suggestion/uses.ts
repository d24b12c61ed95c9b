import type { ActivityResource } from '../activity/event.ts';
import type { Period } from '../over-permission/judge-absence.ts';
import type { ObservedUse } from '../over-permission/observed-use.ts';
import type { IamPrincipal } from '../snapshot/model.ts';

/** One action on one resource, by whatever service and source. */
export interface Use {
  readonly place: ActivityResource;
  readonly action: string;
  readonly lastMs: number;
  readonly events: number;
  readonly onBehalfOf: readonly string[];
}

/**
 * What a user or role did: by id, by name where events have no id, and by ARN for an earlier one of the same name, whose work
 * it goes on with.
 */
export function usesByPrincipal(
  principal: IamPrincipal,
  accountId: string,
  { uses, period }: { readonly uses: readonly ObservedUse[]; readonly period: Period },
): Use[] {
  const keys = new Set([principal.id, `${principal.kind}:${accountId}/${principal.name}`]);
  return foldUses(
    uses.filter(
      ({ principalKey, principalArn, lastMs }) =>
        lastMs >= period.fromMs && (keys.has(principalKey) || principalArn === principal.arn),
    ),
  );
}

/** One use for each action and resource, in an order that is not that of rows of a table. */
export function foldUses(uses: readonly ObservedUse[]): Use[] {
  const grouped = Map.groupBy(uses, (use) => `${use.accountId} ${use.region} ${use.action} ${use.repository ?? ''}`);
  return [...grouped]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]): Use[] => {
      const [first] = group;
      return first === undefined
        ? []
        : [
            {
              place: { accountId: first.accountId, region: first.region, repository: first.repository },
              action: first.action,
              lastMs: group.reduce((last, { lastMs }) => Math.max(last, lastMs), 0),
              events: group.reduce((sum, { events }) => sum + events, 0),
              onBehalfOf: [...new Set(group.flatMap(({ onBehalfOf }) => onBehalfOf ?? []))].toSorted(),
            },
          ];
    });
}
