import type { CollectionGap, CollectionGapReason } from '@ecr-audit/access';

import { callerIdentity } from './caller-identity.ts';
import { credentialError } from './credentials.ts';
import { AwsError } from './errors.ts';
import { IncompleteAnswer } from './required-member.ts';
import { sdkErrorName, sdkFailureOf } from './sdk-error.ts';
import type { AwsSession } from './session.ts';

/** Where a call stands: what its gap would say. `source` is IAM's spelling, `ecr:GetRepositoryPolicy`. */
export interface CallPlace {
  readonly accountId: string;
  readonly region: string | null;
  readonly source: string;
  readonly resource: string | null;
}

export type Attempt<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'gap'; readonly gap: CollectionGap };

/**
 * Makes a call and turns its failure into a gap.
 *
 * Throws when the credentials are at fault, because then nothing else can be read either, and when the error is
 * not the SDK's.
 */
export async function attempt<T>(session: AwsSession, place: CallPlace, call: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { kind: 'value', value: await call() };
  } catch (error) {
    return { kind: 'gap', gap: await gapOf(session, place, error) };
  }
}

async function gapOf(session: AwsSession, place: CallPlace, error: unknown): Promise<CollectionGap> {
  if (error instanceof AwsError) {
    throw error;
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
      throw credentialError(error, session.profile, session.roleArn);
    case 'invalidCredentials':
      return await refusedInRegion(session, place, error);
    case 'notSdk':
      throw error;
    default:
      return failure satisfies never;
  }
}

/**
 * A region that is not enabled for the account refuses good credentials as invalid. STS tells the two apart.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html
 */
async function refusedInRegion(session: AwsSession, place: CallPlace, error: unknown): Promise<CollectionGap> {
  if (place.region === null) {
    throw credentialError(error, session.profile, session.roleArn);
  }
  await callerIdentity(session);
  return gap(
    place,
    'failed',
    `the region refuses credentials that AWS accepts elsewhere (${sdkErrorName(error)}): it may not be enabled for the account`,
  );
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
