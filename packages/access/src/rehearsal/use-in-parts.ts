import { foldEvents } from '../activity/fold-events.ts';
import { resourceArn } from '../activity/resources.ts';
import { readPart } from '../snapshot/read-part.ts';
import type { SnapshotPart } from '../snapshot/part.ts';
import { cloudTrailWindowSchema } from '../snapshot/schemas.ts';
import type { UseGiven } from './rehearse.ts';
import type { LatestUse } from './use-at-stake.ts';

const EVENTS = /^accounts\/(\d{12})\/([^/]+)\/cloudtrail-events\.ndjson$/;
const WINDOW = /^accounts\/(\d{12})\/([^/]+)\/cloudtrail-window\.json$/;

/**
 * The use that the events of a snapshot directory tell of, from `since` on; null where it holds none.
 *
 * Only a window that says that it is complete was seen whole, and only where every event of it could be read.
 */
export function useInParts(
  parts: readonly SnapshotPart[],
  { since, latestMs }: { readonly since: string; readonly latestMs: number },
): UseGiven | null {
  const sinceMs = Date.parse(since);
  const latest = new Map<string, LatestUse>();
  const observed: UseGiven['observed'][number][] = [];
  const broken = new Set<string>();
  let hasEvents = false;
  for (const part of parts) {
    const [, accountId, region] = EVENTS.exec(part.path) ?? WINDOW.exec(part.path) ?? [];
    if (accountId === undefined || region === undefined) {
      continue;
    }
    if (WINDOW.test(part.path)) {
      const { startTime, endTime, complete } = readPart(part, cloudTrailWindowSchema);
      if (complete) {
        observed.push({ accountId, region, from: startTime, until: endTime });
      }
      continue;
    }
    hasEvents = true;
    const lines = part.content.split('\n').filter((line) => line.trim() !== '');
    const { groups, uses, rejected } = foldEvents(lines, { recordedIn: { accountId, region }, latestMs });
    if (rejected.length > 0) {
      broken.add(`${accountId} ${region}`);
    }
    for (const { group: index, timeMs } of uses) {
      const group = groups[index];
      if (group === undefined || timeMs < sinceMs) {
        continue;
      }
      const { actor, resource, action } = group;
      const use: LatestUse = {
        principalId: actor.key,
        principalArn: actor.arn,
        principalAccountId: actor.accountId,
        repositoryArn: resourceArn(resource),
        accountId: resource.accountId,
        region: resource.region,
        action,
        lastUsedAt: new Date(timeMs).toISOString(),
      };
      const key = JSON.stringify([use.principalId, use.accountId, use.region, use.repositoryArn, action]);
      const known = latest.get(key);
      if (known === undefined || known.lastUsedAt < use.lastUsedAt) {
        latest.set(key, use);
      }
    }
  }
  const whole = observed.filter(({ accountId, region }) => !broken.has(`${accountId} ${region}`));
  return hasEvents || observed.length > 0 ? { uses: [...latest.values()], since, observed: whole } : null;
}
