import { ListRegionsCommand } from '@aws-sdk/client-account';
import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';

import type { AwsSession } from '../session.ts';
import { probeEcr } from './probe-ecr.ts';
import { probeIam } from './probe-iam.ts';
import { probe } from './probe.ts';
import type { Probe } from './probe.ts';

export interface AccountProbes {
  readonly accountId: string;
  /** Why the account cannot be entered at all; then nothing was probed. Null where it can. */
  readonly refusal: string | null;
  readonly probes: readonly Probe[];
}

// Any window does: an account without events in it answers as well.
const lookupWindowMs = 3_600_000;

/**
 * Tries every call that the collectors make in an account, each in its cheapest form and once a region.
 *
 * Changes nothing; one report on the last use of a role is asked for. A role that cannot be assumed is the refusal of
 * the account. Throws an `AwsError` where the caller's own credentials do not work.
 */
export async function probeAccount(
  session: AwsSession,
  options: {
    readonly accountId: string;
    /** Regions whose registries are probed. */
    readonly regions: readonly string[];
    /** Regions whose CloudTrail is probed: the home region is one even where no registry of it is read. */
    readonly activityRegions: readonly string[];
    readonly now: Date;
  },
): Promise<AccountProbes> {
  const { accountId } = options;
  const refusal = (await session.member?.refusal()) ?? null;
  if (refusal !== null) {
    return { accountId, refusal: refusal.message, probes: [] };
  }
  const probes: Probe[] = [...(await probeIam(session, accountId))];
  const listed = await probe(session, 'account:ListRegions', { accountId, region: null }, () =>
    session.account.send(new ListRegionsCommand({ MaxResults: 1 })),
  );
  probes.push(listed.probe);
  for (const region of options.regions) {
    probes.push(...(await probeEcr(session, accountId, region)));
  }
  for (const region of options.activityRegions) {
    await session.lookupTurn(accountId, region);
    const looked = await probe(session, 'cloudtrail:LookupEvents', { accountId, region }, () =>
      session.cloudTrail(region).send(
        new LookupEventsCommand({
          LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'PutImage' }],
          StartTime: new Date(options.now.getTime() - lookupWindowMs),
          EndTime: options.now,
          MaxResults: 1,
        }),
      ),
    );
    probes.push(looked.probe);
  }
  return { accountId, refusal: null, probes };
}
