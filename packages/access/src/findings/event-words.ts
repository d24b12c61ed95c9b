import type { ActivityActor, ActivityResource } from '../activity/event.ts';
import { resourceArn } from '../activity/resources.ts';
import type { FindingInput } from './finding-input.ts';
import type { FindingEvent } from './finding-events.ts';
import type { Match } from './rule.ts';
import { registryName } from './words.ts';

/** Who acted, in a title: the session behind a role tells more than the role. */
export function actorWords({ name, key, sessionName }: ActivityActor): string {
  const who = name ?? key;
  return sessionName === null ? who : `${who} (${sessionName})`;
}

export function timeWords({ event }: Pick<FindingEvent, 'event'>): string {
  const from = event.sourceAddress === null ? '' : ` from ${event.sourceAddress}`;
  return `${event.eventName} at ${new Date(event.timeMs).toISOString()}${from}`;
}

/** Where it happened; null where it was in a registry that is none of ours. */
export function eventPlace(
  resource: ActivityResource,
  { scan, parties }: FindingInput,
): Pick<Match, 'accountId' | 'region' | 'resource' | 'repositories' | 'isProduction'> | null {
  const { accountId, region } = resource;
  if (parties.ofAccount(accountId) !== 'ours') {
    return null;
  }
  const arn = resourceArn(resource);
  const repository = arn === null ? undefined : scan.repositories.find((each) => each.arn === arn);
  return {
    accountId,
    region,
    resource: arn ?? registryName(resource),
    // One that is not there any more may have been production.
    ...(repository === undefined ? {} : { repositories: [repository] }),
  };
}
