import { mightConcern, type Statement } from '@ecr-audit/policy';
import type { FindingInput } from './finding-input.ts';
import { isEquality, isLimiting, type LimitingCondition, verdictOf } from './outside-reach.ts';
import { assumption, federated, type TrustedRole, trustedEntries, writingRoles } from './trust.ts';

/** A writing role and an OpenID Connect provider that it trusts. */
export interface WebIdentityTrust {
  readonly role: TrustedRole;
  /** As policies name it. */
  readonly provider: string;
  /** Without the scheme, as condition keys begin: `token.actions.githubusercontent.com`. */
  readonly host: string;
  /** Patterns that the policy holds subjects against, as far as they are spelled out somewhere. */
  readonly subjects: readonly string[];
  /** Whether a token with this subject is let in. `unknown` where something of the trust policy cannot be read. */
  readonly lets: (subject: string) => 'yes' | 'no' | 'unknown';
}

const ACTION = 'sts:AssumeRoleWithWebIdentity';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif */
export function webIdentityTrusts(input: FindingInput): WebIdentityTrust[] {
  const { partition } = input.scan.snapshot;
  return writingRoles(input).flatMap((role) => {
    const entries = trustedEntries(role.trust, (statement) => mightConcern(statement, ACTION));
    const providers = new Set(entries.flatMap((entry) => (entry.kind === 'federated' ? [entry.provider] : [])));
    return [...providers].filter(isWebIdentity).map((provider): WebIdentityTrust => {
      const host = provider.startsWith('arn:') ? provider.slice(provider.indexOf('/') + 1) : provider;
      const principal = federated(partition, role.accountId, provider);
      return {
        role,
        provider,
        host,
        subjects: subjectsIn(role, host),
        lets: (subject) => {
          const claims = new Map([[`${host.toLowerCase()}:sub`, subject]]);
          const roleArn = role.principal.arn;
          const formula = assumption(role.trust, { principal, action: ACTION, roleArn, claims });
          return verdictOf(formula, (condition) => isLimiting(condition) || isClaim(condition, host));
        },
      };
    });
  });
}

function isWebIdentity(provider: string): boolean {
  return provider.includes(':oidc-provider/') || !provider.startsWith('arn:');
}

/** A claim that is spelled out narrows who it is; the audience does not, but with Cognito, where it is the identity pool. */
function isClaim({ operator, key, values }: LimitingCondition, host: string): boolean {
  const claim = key.toLowerCase().startsWith(`${host.toLowerCase()}:`)
    ? key.toLowerCase().slice(host.length + 1)
    : null;
  const isTelling = claim !== null && (claim !== 'aud' || host === 'cognito-identity.amazonaws.com');
  return isTelling && isEquality(operator) && values.every((value) => /^[^*?$]{2}/.test(value));
}

function subjectsIn({ trust: { document } }: TrustedRole, host: string): string[] {
  const statements: readonly Statement[] = document.kind === 'readable' ? document.value.statements : [];
  const key = `${host.toLowerCase()}:sub`;
  return statements.flatMap(({ conditions }) =>
    conditions.flatMap((condition) =>
      condition.kind === 'readable' && condition.value.key.toLowerCase() === key
        ? condition.value.values.map((value) =>
            value.map((token) => (token.kind === 'text' ? token.text : token.kind === 'one' ? '?' : '*')).join(''),
          )
        : [],
    ),
  );
}

/** Providers whose tokens anybody in the world can get: one tenant for all of their customers. */
const SHARED_HOSTS: ReadonlySet<string> = new Set([
  'token.actions.githubusercontent.com',
  'gitlab.com',
  'accounts.google.com',
  'app.terraform.io',
  'agent.buildkite.com',
  'cognito-identity.amazonaws.com',
  'graph.facebook.com',
  'www.amazon.com',
]);

export function isShared(host: string): boolean {
  return SHARED_HOSTS.has(host.toLowerCase());
}

export const GITHUB = 'token.actions.githubusercontent.com';
