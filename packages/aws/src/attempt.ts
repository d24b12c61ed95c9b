import type { CollectionGap, CollectionGapReason } from '@ecr-audit/access';

import { callerIdentity } from './caller-identity.ts';
import { credentialError } from './credentials.ts';
import { AwsError } from './errors.ts';
import { AccountRefused } from './fleet/account-refusal.ts';
import type { AccountRefusal } from './fleet/account-refusal.ts';
import { IncompleteAnswer } from './required-member.ts';
import { isPassing, sdkErrorName, sdkFailureOf } from './sdk-error.ts';
import type { AwsSession } from './session.ts';

/** Where a call stands: what its gap would say. `source` is IAM's spelling, `ecr:GetRepositoryPolicy`. */
export interface CallPlace {
  /** Null for what concerns a whole organization. */
  readonly accountId: string | null;
  readonly region: string | null;
  readonly source: string;
  readonly resource: string | null;
}

export type Attempt<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'gap'; readonly gap: CollectionGap };

// A gap is data that goes into snapshots and tables as it is; this is for whoever collected it, and for no one after.
const passing = new WeakSet<CollectionGap>();

/** Whether reading again a minute later may close the gap: it was not refused, AWS only did not answer. */
export function isPassingGap(gap: CollectionGap): boolean {
  return passing.has(gap);
}

/** Gives the gap as one that may close, where `isIt`. */
export function passingGap(found: CollectionGap, isIt: boolean): CollectionGap {
  if (isIt) {
    passing.add(found);
  }
  return found;
}

/**
 * Makes a call and turns its failure into a gap.
 *
 * Throws when the credentials are at fault, because then nothing else can be read either, and when the error is
 * not the SDK's.
 */
export async function attempt<T>(session: AwsSession, place: CallPlace, call: () => Promise<T>): Promise<Attempt<T>> {
  const refused = await refusedAccount(session, place);
  if (refused !== null) {
    return { kind: 'gap', gap: refused };
  }
  try {
    return { kind: 'value', value: await call() };
  } catch (error) {
    return { kind: 'gap', gap: passingGap(await gapOf(session, place, error), isPassing(error)) };
  }
}

/**
 * The gap of a call into an account that cannot be read at all, or null. For a session on credentials of its own there
 * is none: their failure is an error.
 */
export async function refusedAccount(session: AwsSession, place: CallPlace): Promise<CollectionGap | null> {
  const refusal = (await session.member?.refusal()) ?? null;
  return refusal === null ? null : gapOfRefusal(place, refusal);
}

function gapOfRefusal(place: CallPlace, refusal: AccountRefusal): CollectionGap {
  return passingGap(gap(place, refusal.reason, refusal.message), refusal.isPassing);
}

async function gapOf(session: AwsSession, place: CallPlace, error: unknown): Promise<CollectionGap> {
  if (error instanceof AwsError) {
    throw error;
  }
  if (error instanceof AccountRefused) {
    return gapOfRefusal(place, error.refusal);
  }
  if (error instanceof IncompleteAnswer) {
    return gap(place, 'failed', error.message);
  }
  const failure = sdkFailureOf(error);
  switch (failure) {
    case 'accessDenied':
      return gap(place, 'accessDenied', `access denied: the auditor role is not allowed ${place.source} here`);
    case 'throttled':
      return gap(place, 'throttled', 'throttled: AWS refused every attempt');
    case 'timeout':
      return gap(place, 'timeout', 'AWS did not answer in time');
    case 'unreachable':
      return gap(place, 'failed', 'the endpoint could not be reached');
    case 'failed':
      return gap(place, 'failed', `the call failed (${sdkErrorName(error)})`);
    case 'expired':
      return await lostCredentials(session, place, error);
    case 'invalidCredentials':
      return await refusedInRegion(session, place, error);
    case 'notSdk':
      throw error;
    default:
      return failure satisfies never;
  }
}

/** Credentials that ended: of an account of a fleet a gap, of the caller an error. */
async function lostCredentials(session: AwsSession, place: CallPlace, error: unknown): Promise<CollectionGap> {
  if (session.member === null) {
    throw credentialError(error, session.profile, session.roleArn);
  }
  return gapOfRefusal(place, await session.member.lost(error));
}

/**
 * A region that is not enabled for the account refuses good credentials as invalid. STS tells the two apart.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html
 */
async function refusedInRegion(session: AwsSession, place: CallPlace, error: unknown): Promise<CollectionGap> {
  if (place.region === null || !(await areCredentialsGood(session))) {
    return await lostCredentials(session, place, error);
  }
  return gap(
    place,
    'failed',
    `the region refuses credentials that AWS accepts elsewhere (${sdkErrorName(error)}): it may not be enabled for the account`,
  );
}

/** Throws where the credentials are the caller's own and do not work. */
async function areCredentialsGood(session: AwsSession): Promise<boolean> {
  try {
    await callerIdentity(session);
    return true;
  } catch (error) {
    if (session.member === null) {
      throw error;
    }
    return false;
  }
}

function gap(place: CallPlace, reason: CollectionGapReason, message: string): CollectionGap {
  return {
    accountId: place.accountId,
    region: place.region,
    source: place.source,
    resource: place.resource,
    reason,
    message: `cannot read ${place.resource === null ? place.source : `${place.source} of \`${place.resource}\``}: ${message}`,
  };
}
