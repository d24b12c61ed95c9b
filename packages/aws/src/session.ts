import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { ECRClient } from '@aws-sdk/client-ecr';
import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';

import { credentialSource } from './credentials.ts';
import { AwsError } from './errors.ts';
import { resolveRegions } from './regions.ts';
import { systemRateClock, TokenBucket } from './token-bucket.ts';
import type { RateClock } from './token-bucket.ts';

export interface AwsSessionOptions {
  /** Regions to read; without them the region of the environment or the profile is the only one. */
  readonly regions?: readonly string[];
  readonly profile?: string;
  /** Auditor role to assume with the credentials found, session name `ecr-audit`. */
  readonly roleArn?: string;
  readonly externalId?: string;
  /** Attempts for one call, the first included. */
  readonly attemptsMax?: number;
  /** `adaptive`, the default, slows all calls of a client down after one was throttled; `standard` only that call. */
  readonly retryMode?: 'adaptive' | 'standard';
  /** LookupEvents requests a second in one account and region; `Infinity` turns the limit off. */
  readonly lookupEventsPerSecond?: number;
  readonly rateClock?: RateClock;
}

/** Clients that share credentials, retries and limits. Close it when done: it holds sockets. */
export interface AwsSession {
  readonly regions: readonly string[];
  readonly profile: string | null;
  readonly roleArn: string | null;
  readonly sts: STSClient;
  readonly iam: IAMClient;
  ecr(region: string): ECRClient;
  cloudTrail(region: string): CloudTrailClient;
  /** Resolves when the next LookupEvents request may be sent. */
  lookupTurn(accountId: string, region: string): Promise<void>;
  close(): void;
}

// With adaptive retries five attempts outlast a throttled spell of about 15 s; beyond that the call becomes a gap.
const attemptsMaxDefault = 5;
const connectionTimeoutMs = 5_000;
// LookupEvents in us-east-1 was seen to take 35 s at worst.
const requestTimeoutMs = 60_000;
/** AWS's limit for one account and region. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
const lookupEventsPerSecondDefault = 2;

/**
 * Opens a session on the default provider chain, a profile, or a role assumed from either.
 *
 * No call is made yet. `AWS_ENDPOINT_URL` is honoured by the SDK itself.
 * Throws `regionMissing`, `regionInvalid`, and `endpointUnreachable` for an override that is no address.
 */
export async function createAwsSession(options: AwsSessionOptions = {}): Promise<AwsSession> {
  const override = process.env['AWS_ENDPOINT_URL'];
  if (override && !URL.canParse(override)) {
    throw new AwsError(
      'endpointUnreachable',
      '`AWS_ENDPOINT_URL` is no address: expected one such as `http://127.0.0.1:4566`, or unset it to reach AWS',
    );
  }
  const profile = options.profile ?? null;
  const roleArn = options.roleArn ?? null;
  const regions = await resolveRegions({ regions: options.regions ?? [], profile });
  const firstRegion = regions[0] ?? 'us-east-1';
  const shared = {
    ...(profile === null ? {} : { profile }),
    retryMode: options.retryMode ?? 'adaptive',
    maxAttempts: options.attemptsMax ?? attemptsMaxDefault,
    customUserAgent: 'ecr-audit',
    requestHandler: {
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
  };
  const credentials = credentialSource({
    profile,
    roleArn,
    externalId: options.externalId ?? null,
    stsRegion: firstRegion,
    clientConfig: shared,
  });
  const config = { ...shared, credentials };

  const sts = new STSClient({ ...config, region: firstRegion });
  const iam = new IAMClient({ ...config, region: firstRegion });
  const ecrClients = new Map<string, ECRClient>();
  const cloudTrailClients = new Map<string, CloudTrailClient>();
  const lookupBuckets = new Map<string, TokenBucket>();

  return {
    regions,
    profile,
    roleArn,
    sts,
    iam,
    ecr: (region) => madeOnce(ecrClients, region, () => new ECRClient({ ...config, region })),
    cloudTrail: (region) => madeOnce(cloudTrailClients, region, () => new CloudTrailClient({ ...config, region })),
    lookupTurn: (accountId, region) =>
      madeOnce(
        lookupBuckets,
        `${accountId}/${region}`,
        () =>
          new TokenBucket({
            ratePerSecond: options.lookupEventsPerSecond ?? lookupEventsPerSecondDefault,
            clock: options.rateClock ?? systemRateClock,
          }),
      ).take(),
    close: () => {
      for (const client of [sts, iam, ...ecrClients.values(), ...cloudTrailClients.values()]) {
        client.destroy();
      }
    },
  };
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
