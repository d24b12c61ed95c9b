import { assumedRole } from '../assume-role.ts';
import type { RoleToAssume } from '../assume-role.ts';
import { callerIdentity } from '../caller-identity.ts';
import { remembered } from '../credentials.ts';
import type { CredentialSource } from '../credentials.ts';
import { AwsError } from '../errors.ts';
import { isPassing, sdkErrorName, sdkFailureOf } from '../sdk-error.ts';
import type { AwsSession } from '../session.ts';
import { AccountRefused } from './account-refusal.ts';
import type { AccountRefusal, MemberRole } from './account-refusal.ts';

/** What becomes of an account whose role is refused. */
export interface MemberOptions {
  readonly caller: AwsSession;
  readonly role: RoleToAssume;
  /** The credentials that read the account where the role is refused: those of the caller, in its own account. */
  readonly instead: CredentialSource | null;
  readonly onInstead: () => void;
}

// Within one scan of an account a refusal is known; the next scan, minutes later, asks again.
const refusalKeptMs = 60_000;

/**
 * The role of one member account, assumed once. A refusal is kept for the life of the session, so that the calls that
 * would follow are not made either.
 */
export function memberRole(options: MemberOptions): MemberRole {
  const { caller, role } = options;
  let known: AccountRefusal | null = null;
  let knownSinceMs = 0;
  const keep = (refusal: AccountRefusal): AccountRefusal => {
    known = refusal;
    knownSinceMs = Date.now();
    return refusal;
  };
  let source = assumedRole(caller.sts, role);
  const credentials = remembered(async () => {
    if (known !== null) {
      throw new AccountRefused(known);
    }
    try {
      return await source();
    } catch (error) {
      const refusal = await refusalOf(error, options);
      if (refusal.reason === 'accessDenied' && options.instead !== null) {
        options.onInstead();
        source = options.instead;
        return await source();
      }
      throw new AccountRefused(keep(refusal));
    }
  });
  return {
    credentials,
    refusal: async () => {
      try {
        await credentials();
        return known;
      } catch (error) {
        if (error instanceof AccountRefused) {
          return error.refusal;
        }
        throw error;
      }
    },
    lost: async (error) => {
      await callerIdentity(caller);
      return keep({
        reason: 'failed',
        isPassing: false,
        message: `AWS no longer accepts the credentials of \`${role.roleArn}\` (${sdkErrorName(error)}): the role may have been deleted`,
      });
    },
    isRefusalOld: () => known !== null && Date.now() - knownSinceMs > refusalKeptMs,
  };
}

/** Why the role could not be assumed. Throws where the caller's own credentials are at fault. */
async function refusalOf(error: unknown, { caller, role: { roleArn } }: MemberOptions): Promise<AccountRefusal> {
  if (error instanceof AwsError) {
    throw error;
  }
  const failure = sdkFailureOf(error);
  switch (failure) {
    case 'accessDenied':
      return {
        reason: 'accessDenied',
        isPassing: false,
        message: `cannot assume \`${roleArn}\`: access denied; check that the role exists, that its trust policy names the caller and its external id, and that the caller is allowed sts:AssumeRole on it`,
      };
    case 'throttled':
      return {
        reason: 'throttled',
        isPassing: true,
        message: `cannot assume \`${roleArn}\`: AWS throttled every attempt`,
      };
    case 'timeout':
      return {
        reason: 'timeout',
        isPassing: true,
        message: `cannot assume \`${roleArn}\`: AWS did not answer in time`,
      };
    case 'expired':
    case 'invalidCredentials':
      await callerIdentity(caller);
      return {
        reason: 'failed',
        isPassing: true,
        message: `cannot assume \`${roleArn}\`: AWS refused credentials that it accepts elsewhere (${sdkErrorName(error)})`,
      };
    case 'unreachable':
    case 'failed':
    case 'notSdk':
      return {
        reason: 'failed',
        isPassing: isPassing(error),
        message: `cannot assume \`${roleArn}\`: the call failed (${sdkErrorName(error)})`,
      };
    default:
      return failure satisfies never;
  }
}
