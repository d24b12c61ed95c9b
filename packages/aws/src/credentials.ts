import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';

import { AwsError } from './errors.ts';
import { sdkErrorName, sdkFailureOf } from './sdk-error.ts';

type AwsCredentialIdentity = Awaited<ReturnType<ReturnType<typeof fromIni>>>;
export type CredentialSource = () => Promise<AwsCredentialIdentity>;

// Fresh credentials are fetched this long before the old ones end, so that no call starts with dying ones.
const refreshBeforeExpiryMs = 5 * 60 * 1000;

// The instance metadata service answers at once or is not there: waiting longer only delays the message.
const metadataTimeoutMs = 1000;

/** The caller's own credentials: of the profile, or of the SDK's default chain. */
export function baseCredentials(profile: string | null): CredentialSource {
  const source =
    profile === null ? fromNodeProviderChain({ timeout: metadataTimeoutMs, maxRetries: 0 }) : fromIni({ profile });
  return orCredentialError(source, { profile, roleArn: null });
}

/**
 * Makes every failure of a source an {@link AwsError}, so that a refused AssumeRole is never taken for a refusal of
 * the call that needed the credentials.
 */
export function orCredentialError(
  source: CredentialSource,
  of: { readonly profile: string | null; readonly roleArn: string | null },
): CredentialSource {
  return async () => {
    try {
      return await source();
    } catch (error) {
      throw error instanceof AwsError ? error : credentialError(error, of.profile, of.roleArn);
    }
  };
}

/** Says what is wrong with the credentials. The SDK's own text is left out: it may carry parts of the request. */
export function credentialError(error: unknown, profile: string | null, roleArn: string | null): AwsError {
  const failure = sdkFailureOf(error);
  switch (failure) {
    case 'expired':
      return new AwsError(
        'credentialsExpired',
        'the AWS session token has expired: sign in again (for example `aws sso login`) or export fresh credentials, then run the command again',
        { cause: error },
      );
    case 'invalidCredentials':
      return new AwsError(
        'credentialsInvalid',
        // The cause is left out: the text of SignatureDoesNotMatch quotes the request with its session token.
        `AWS does not accept the credentials (${sdkErrorName(error)}): check the access key, the secret key and the clock of this machine`,
      );
    case 'accessDenied':
      return roleArn === null
        ? new AwsError(
            'callFailed',
            'AWS denied the call that gives the credentials: check what the profile is allowed',
            { cause: error },
          )
        : new AwsError(
            'assumeRoleRefused',
            `cannot assume \`${roleArn}\`: access denied; check the role's trust policy, its external id (\`--external-id\`), and that the caller is allowed sts:AssumeRole on it`,
            { cause: error },
          );
    case 'unreachable':
    case 'timeout':
      return unreachable(error);
    case 'throttled':
      return new AwsError('callFailed', 'AWS throttled the call that gives the credentials: try again in a minute', {
        cause: error,
        retryable: true,
      });
    case 'failed':
      return new AwsError(
        'callFailed',
        `the call that gives the credentials failed (${sdkErrorName(error)})${roleArn === null ? '' : `: check the role ARN \`${roleArn}\``}`,
        { cause: error },
      );
    case 'notSdk':
      return noCredentials(error, profile);
    default:
      return failure satisfies never;
  }
}

function noCredentials(error: unknown, profileOption: string | null): AwsError {
  const profile = profileOption ?? (process.env['AWS_PROFILE'] || null);
  return profile === null
    ? new AwsError(
        'credentialsMissing',
        'no AWS credentials found: export `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, name a profile (`--profile NAME`), or run where an instance or task role gives them',
        { cause: error },
      )
    : new AwsError(
        'profileUnknown',
        `profile \`${profile}\` gives no credentials: check its name in ~/.aws/config and ~/.aws/credentials, or sign in with \`aws sso login --profile ${profile}\``,
        { cause: error },
      );
}

/** Says that an endpoint does not answer, naming the override where there is one. */
function unreachable(error: unknown): AwsError {
  const override = process.env['AWS_ENDPOINT_URL'];
  return new AwsError(
    'endpointUnreachable',
    override
      ? `cannot reach AWS at \`${withoutUserInfo(override)}\`: check \`AWS_ENDPOINT_URL\` and that something listens there`
      : 'cannot reach AWS: check the network, the proxy settings and the region name',
    { cause: error, retryable: true },
  );
}

function withoutUserInfo(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'a malformed address';
}

/** One source for all clients: asked once, and again before its credentials end. A failure is not kept. */
export function remembered(source: CredentialSource): CredentialSource {
  let current: Promise<AwsCredentialIdentity> | null = null;
  let freshUntilMs = Number.POSITIVE_INFINITY;
  return async () => {
    if (current === null || Date.now() > freshUntilMs) {
      freshUntilMs = Number.POSITIVE_INFINITY;
      const pending = source();
      current = pending;
      try {
        const { expiration } = await pending;
        freshUntilMs =
          expiration === undefined ? Number.POSITIVE_INFINITY : expiration.getTime() - refreshBeforeExpiryMs;
      } catch (error) {
        current = null;
        throw error;
      }
    }
    return current;
  };
}
