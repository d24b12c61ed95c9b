import { AccountClient } from '@aws-sdk/client-account';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { ECRClient } from '@aws-sdk/client-ecr';
import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { STSClient } from '@aws-sdk/client-sts';

import { assumedRole } from './assume-role.ts';
import type { CallLog } from './calls/call-log.ts';
import { unknownAccount } from './calls/call-log.ts';
import type { PacedService } from './calls/call-rates.ts';
import { openConnection, watched } from './connection.ts';
import type { Connection, ConnectionOptions } from './connection.ts';
import { baseCredentials, orCredentialError, remembered } from './credentials.ts';
import type { CredentialSource } from './credentials.ts';
import type { MemberRole } from './fleet/account-refusal.ts';
import { resolveRegions } from './regions.ts';

export interface AwsSessionOptions extends ConnectionOptions {
  /** Regions to read; without them the region of the environment or the profile is the only one. */
  readonly regions?: readonly string[];
  readonly profile?: string;
  /** Auditor role to assume with the credentials found. */
  readonly roleArn?: string;
  readonly externalId?: string;
  /** What CloudTrail of the role's account shows as the name of the session; `ecr-audit` without it. */
  readonly sessionName?: string;
}

/** Clients that share credentials, retries, limits and a call log. Close it when done: it holds sockets. */
export interface AwsSession {
  readonly regions: readonly string[];
  readonly profile: string | null;
  readonly roleArn: string | null;
  /** Null where only the credentials know: `callerIdentity` tells. */
  readonly accountId: string | null;
  /** How a fleet reaches the account; null for a session on credentials of its own, whose failures are errors. */
  readonly member: MemberRole | null;
  readonly callLog: CallLog;
  readonly credentials: CredentialSource;
  readonly sts: STSClient;
  readonly iam: IAMClient;
  readonly organizations: OrganizationsClient;
  readonly account: AccountClient;
  ecr(region: string): ECRClient;
  cloudTrail(region: string): CloudTrailClient;
  /** Resolves when the next LookupEvents request may be sent. */
  lookupTurn(accountId: string, region: string): Promise<void>;
  close(): void;
}

const sessionNameDefault = 'ecr-audit';

/**
 * Opens a session on the default provider chain, a profile, or a role assumed from either.
 *
 * No call is made yet. `AWS_ENDPOINT_URL` is honoured by the SDK itself.
 * Throws `regionMissing`, `regionInvalid`, and `endpointUnreachable` for an override that is no address.
 */
export async function createAwsSession(options: AwsSessionOptions = {}): Promise<AwsSession> {
  const regions = await resolveRegions({ regions: options.regions ?? [], profile: options.profile ?? null });
  return sessionOn(openConnection(options), { ...options, regions });
}

/** Makes the session of a connection whose regions are known. Closing it closes the connection. */
export function sessionOn(
  connection: Connection,
  options: Omit<AwsSessionOptions, 'regions'> & { readonly regions: readonly string[] },
): AwsSession {
  const { regions, profile = null, roleArn = null } = options;
  const base = baseCredentials(profile);
  const common = { regions, profile, roleArn, member: null, close: () => connection.close() };
  if (roleArn === null) {
    return clientsOf(connection, { ...common, accountId: null, credentials: remembered(base) });
  }
  const { sts } = clientsOf(connection, { ...common, roleArn: null, accountId: null, credentials: remembered(base) });
  const assumed = assumedRole(sts, {
    roleArn,
    externalId: options.externalId ?? null,
    sessionName: options.sessionName ?? sessionNameDefault,
  });
  return clientsOf(connection, {
    ...common,
    accountId: roleArn.split(':')[4] ?? null,
    credentials: remembered(orCredentialError(assumed, { profile, roleArn })),
  });
}

/** Makes a session whose clients are built when they are first used: a fleet has thousands of them, most never asked. */
export function clientsOf(
  connection: Connection,
  session: Pick<AwsSession, 'regions' | 'profile' | 'roleArn' | 'accountId' | 'member' | 'credentials' | 'close'> & {
    /** Whose limits the calls use up; without it those of the account. */
    readonly owner?: string;
  },
): AwsSession {
  const { regions, profile, roleArn, accountId, member, close, credentials } = session;
  const owner = session.owner ?? accountId ?? unknownAccount;
  const firstRegion = regions[0] ?? 'us-east-1';
  const config = (service: PacedService, region: string) => ({
    ...connection.clientConfig({ service, owner, region }),
    ...(profile === null ? {} : { profile }),
    credentials,
  });
  const of = (service: PacedService) => ({ owner, service });
  const sts = lazily(() => watched(new STSClient(config('sts', firstRegion)), connection, of('sts')));
  const iam = lazily(() => watched(new IAMClient(config('iam', firstRegion)), connection, of('iam')));
  const account = lazily(() => watched(new AccountClient(config('account', firstRegion)), connection, of('account')));
  const organizations = lazily(() =>
    watched(new OrganizationsClient(config('organizations', firstRegion)), connection, of('organizations')),
  );
  const ecrClients = new Map<string, ECRClient>();
  const cloudTrailClients = new Map<string, CloudTrailClient>();
  return {
    regions,
    profile,
    roleArn,
    accountId,
    member,
    callLog: connection.callLog,
    credentials,
    get sts() {
      return sts();
    },
    get iam() {
      return iam();
    },
    get account() {
      return account();
    },
    get organizations() {
      return organizations();
    },
    ecr: (region) =>
      madeOnce(ecrClients, region, () => watched(new ECRClient(config('ecr', region)), connection, of('ecr'))),
    cloudTrail: (region) =>
      madeOnce(cloudTrailClients, region, () =>
        watched(new CloudTrailClient(config('cloudtrail', region)), connection, of('cloudtrail')),
      ),
    lookupTurn: (_accountId, region) => connection.paces.lookupTurn({ owner, region }),
    close,
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function madeOnce<T>(made: Map<string, T>, key: string, make: () => T): T {
  const existing = made.get(key);
  if (existing !== undefined) {
    return existing;
  }
  const created = make();
  made.set(key, created);
  return created;
}
