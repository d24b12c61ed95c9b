import { createAwsSession, openAwsFleet, type AwsFleet, type AwsSession } from '@ecr-audit/aws';
import type { CollectorConfiguration } from './configuration.ts';

/** How a collector reaches AWS. Close it when done: it holds sockets. */
export interface Reach {
  readonly fleet: AwsFleet;
  /** Reads AWS Organizations. */
  readonly organization: AwsSession;
  close(): void;
}

// Scans and looks at activity read accounts at the same time; a session that is kept saves an AssumeRole at the next look.
const sessionsForLooks = 64;

/**
 * Opens the accounts that the configuration names, on the credentials of the process. Throws an `AwsError`.
 *
 * The members' roles are assumed with these credentials, never through the role that reads the organization: that one may
 * read, and must not be a way into every account.
 */
export async function openReach(
  { audit, roleArn, externalId, awsTimeoutMs }: CollectorConfiguration,
  { profile }: { readonly profile?: string | undefined } = {},
): Promise<Reach> {
  const { accounts, regions, fallbackRegions, roleName, managementRoleArn } = audit.organization;
  const shared = {
    regions: regions === 'all' ? fallbackRegions : regions,
    ...(profile === undefined ? {} : { profile }),
    ...(externalId === undefined ? {} : { externalId }),
    requestTimeoutMs: awsTimeoutMs,
  };
  const fleet = await openAwsFleet({
    ...shared,
    roleName,
    ...(accounts === 'own' && roleArn !== undefined ? { roleArn } : {}),
    lookupEventsPerSecond: audit.limits.lookupEventsPerSecond,
    sessionsMax: sessionsForLooks + audit.limits.accountsAtATime,
  });
  if (managementRoleArn === null) {
    return { fleet, organization: fleet.session, close: () => fleet.close() };
  }
  const organization = await createAwsSession({ ...shared, roleArn: managementRoleArn });
  return {
    fleet,
    organization,
    close: () => {
      organization.close();
      fleet.close();
    },
  };
}
