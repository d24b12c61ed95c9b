import type { CallerSide, Gates, OrganizationLevel, PolicySet, PolicySource } from '@ecr-audit/policy';
import type { PolicyType } from '../answer.ts';
import { TOKEN_ACTION } from '../ecr/capabilities.ts';
import { findGap } from '../snapshot/gaps.ts';
import type {
  IamSnapshot,
  NamedDocument,
  OrganizationLevelSnapshot,
  RegistrySnapshot,
  Snapshot,
} from '../snapshot/model.ts';
import type { Caller } from './caller.ts';
import type { LimitCode } from './limits.ts';
import { NO_ACCOUNT, type Target } from './target.ts';

export type EcrGates = Gates<PolicyType>;
type Set_ = PolicySet<PolicyType>;
type Source = PolicySource<PolicyType>;

/** The gates of one request, and what is not known about them. */
export interface GatesWithLimits {
  readonly gates: EcrGates;
  readonly limits: readonly LimitCode[];
}

export interface GatesInput {
  readonly snapshot: Snapshot;
  readonly caller: Caller;
  readonly target: Target;
  readonly action: string;
  /** Documents passed to AssumeRole; null for a session without any. */
  readonly sessionPolicies: readonly NamedDocument[] | null;
}

/** Collects every policy of the snapshot that has a say in one request. */
export function gatesFor(input: GatesInput): GatesWithLimits {
  const limits: LimitCode[] = [];
  const { caller, target } = input;
  const gates: EcrGates = {
    isSameAccount: caller.request.accountId === target.accountId,
    caller: callerSide(input, limits),
    permissionsBoundary: boundaryOf(input, limits),
    sessionPolicies:
      input.sessionPolicies === null
        ? null
        : { sources: input.sessionPolicies.map((named) => sourceOf('session', 'session', named)), unread: [] },
    scpLevels: scpLevels(input, limits),
    rcps: rcps(input, limits),
    resourcePolicies: resourcePolicies(input, limits),
    resourceMayAllow: !isIdentityOnly(input.action),
  };
  return { gates, limits };
}

/**
 * Actions that only an identity policy can allow.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html
 */
function isIdentityOnly(action: string): boolean {
  return IDENTITY_ONLY_ACTIONS.has(action.toLowerCase());
}

const IDENTITY_ONLY_ACTIONS: ReadonlySet<string> = new Set(
  [
    TOKEN_ACTION,
    'ecr:CreatePullThroughCacheRule',
    'ecr:CreateRepositoryCreationTemplate',
    'ecr:DeleteRepositoryCreationTemplate',
    'ecr:DescribeRepositoryCreationTemplates',
    'ecr:UpdateRepositoryCreationTemplate',
  ].map((action) => action.toLowerCase()),
);

function callerSide(input: GatesInput, limits: LimitCode[]): CallerSide<PolicyType> {
  const { caller } = input;
  switch (caller.side) {
    case 'nothing':
      return { kind: 'nothing' };
    case 'everything':
      limits.push('rootUser');
      return { kind: 'everything' };
    case 'unknown': {
      const isOurs = input.snapshot.accounts.has(caller.request.accountId ?? '');
      limits.push(isOurs ? 'identityUnread' : 'outsidePrincipal');
      return { kind: 'policies', policies: { sources: [], unread: [`policies of ${caller.ref.arn}`] } };
    }
    case 'policies':
      return { kind: 'policies', policies: identityPolicies(input, limits) };
  }
}

/** Inline and attached policies of the principal, and those of its groups. */
function identityPolicies(input: GatesInput, limits: LimitCode[]): Set_ {
  const principal = input.caller.iam;
  const iam = iamOf(input);
  if (principal === null || iam === null) {
    return { sources: [], unread: [`policies of ${input.caller.ref.arn}`] };
  }
  const unread: string[] = [];
  const attached = (arns: readonly string[], via: string): Source[] =>
    arns.flatMap((arn) => {
      const named = iam.managedPolicies.get(arn);
      if (named === undefined) {
        unread.push(arn);
        limits.push('policyUnread');
        return [];
      }
      return [sourceOf('identity', via, named)];
    });
  const own = [
    ...principal.inlinePolicies.map((named) => sourceOf('identity', 'inline', named)),
    ...attached(principal.attachedPolicyArns, 'attached'),
  ];
  const fromGroups = principal.groups.flatMap((name) => {
    const group = iam.groups.get(name);
    if (group === undefined) {
      unread.push(`group ${name}`);
      limits.push('policyUnread');
      return [];
    }
    return [
      ...group.inlinePolicies.map((named) => sourceOf('identity', `group ${group.arn}`, named)),
      ...attached(group.attachedPolicyArns, `group ${group.arn}`),
    ];
  });
  return { sources: [...own, ...fromGroups], unread };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
function boundaryOf(input: GatesInput, limits: LimitCode[]): Set_ | null {
  const arn = input.caller.iam?.permissionsBoundaryArn ?? null;
  if (arn === null) {
    return null;
  }
  const named = iamOf(input)?.managedPolicies.get(arn);
  if (named === undefined) {
    limits.push('policyUnread');
    return { sources: [], unread: [arn] };
  }
  return { sources: [sourceOf('permissionsBoundary', 'boundary', named)], unread: [] };
}

/**
 * The levels above the caller's account. Services, service-linked roles and the management account have none.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#not-restricted-by-scp
 */
function scpLevels(input: GatesInput, limits: LimitCode[]): readonly OrganizationLevel<PolicyType>[] | null {
  const accountId = input.caller.request.accountId;
  if (input.caller.side === 'nothing' || input.caller.isServiceLinkedRole) {
    return null;
  }
  const levels = levelsAbove(input.snapshot, accountId, limits);
  switch (levels.kind) {
    case 'none':
      return null;
    case 'unread':
      // Where nothing of the caller's side is known, one gap says so.
      if (input.caller.side === 'unknown') {
        return null;
      }
      return [
        {
          label: 'organization',
          policies: { sources: [], unread: [`SCPs of account ${accountId ?? 'of the caller'}`] },
        },
      ];
    case 'levels':
      return input.snapshot.organization?.scpsEnabled === true
        ? levels.levels.map((level) => ({
            label: labelOf(level),
            policies: { sources: level.scps.map((named) => sourceOf('scp', labelOf(level), named)), unread: [] },
          }))
        : null;
  }
}

/**
 * The RCPs above the account of the resource; for an action without one, above the caller's account.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
function rcps(input: GatesInput, limits: LimitCode[]): Set_ | null {
  if (input.caller.isServiceLinkedRole) {
    return null;
  }
  const levels = levelsAbove(input.snapshot, input.target.accountId, limits);
  switch (levels.kind) {
    case 'none':
      return null;
    case 'unread':
      return input.caller.side === 'unknown' && isCallersOwn(input)
        ? null
        : { sources: [], unread: [`RCPs of account ${input.target.accountId}`] };
    case 'levels': {
      if (input.snapshot.organization?.rcpsEnabled !== true) {
        return null;
      }
      const sources = levels.levels.flatMap((level) =>
        level.rcps.map((named) => sourceOf('rcp', labelOf(level), named)),
      );
      return { sources, unread: [] };
    }
  }
}

/** Whether the question is about the caller's own registry, as that for a token always is. */
function isCallersOwn({ caller, target }: GatesInput): boolean {
  return target.accountId === (caller.request.accountId ?? NO_ACCOUNT);
}

type Levels =
  | { readonly kind: 'none' }
  | { readonly kind: 'unread' }
  | { readonly kind: 'levels'; readonly levels: readonly OrganizationLevelSnapshot[] };

function levelsAbove(snapshot: Snapshot, accountId: string | null, limits: LimitCode[]): Levels {
  const { organization } = snapshot;
  const isUnread = findGap(snapshot.gaps, ORGANIZATION_SOURCES, { accountId }) !== null;
  if (organization === null && !isUnread) {
    // Whoever scans one account alone sees no organization; every answer says so.
    limits.push('organizationNotCollected');
    return { kind: 'none' };
  }
  const account = accountId === null ? undefined : organization?.accounts.get(accountId);
  if (account !== undefined && account.id === organization?.managementAccountId) {
    return { kind: 'none' };
  }
  if (isUnread || account === undefined || account.levels === null) {
    limits.push('organizationUnread');
    return { kind: 'unread' };
  }
  return { kind: 'levels', levels: account.levels };
}

const ORGANIZATION_SOURCES = ['organizations:', 'organization', 'organization.json'];

/** The repository's policy and the registry's: what either allows is allowed, what either denies is denied. */
function resourcePolicies(input: GatesInput, limits: LimitCode[]): Set_ {
  const sources: Source[] = [];
  const unread: string[] = [];
  const { target } = input;
  const policy = target.repository?.policy;
  if (policy?.kind === 'policy' && !isCreation(input.action)) {
    sources.push(sourceOf('repository', 'repository', policy.named));
  } else if (target.resource !== '*' && !isCreation(input.action) && (policy?.kind === 'unread' || !target.isListed)) {
    limits.push('repositoryPolicyUnread');
    unread.push(`repository policy of ${target.resource}`);
  }
  const registry = registryOf(input);
  if (isRegistryPolicyInForce(registry, input.action)) {
    if (registry === null || registry.policy.kind === 'unread') {
      limits.push('registryPolicyUnread');
      unread.push(`registry policy of ${target.accountId} in ${target.region ?? 'an unknown region'}`);
    } else if (registry.policy.kind === 'policy') {
      sources.push(sourceOf('registry', 'registry', registry.policy.named));
      if (registry.scope === null) {
        limits.push('registryScopeAssumed');
      }
    }
  }
  return { sources, unread };
}

/**
 * In scope V1 the registry policy is enforced for three actions, in V2 for all but the token: a token is for every
 * registry that the caller may reach, and only identity policies decide it.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions.html
 */
function isRegistryPolicyInForce(registry: RegistrySnapshot | null, action: string): boolean {
  const lowerAction = action.toLowerCase();
  return lowerAction !== TOKEN_ACTION.toLowerCase() && (registry?.scope !== 'V1' || V1_ACTIONS.has(lowerAction));
}

export const V1_ACTIONS: ReadonlySet<string> = new Set(
  ['ecr:ReplicateImage', 'ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'].map((action) => action.toLowerCase()),
);

/** A repository that is yet to be made has no policy. */
function isCreation(action: string): boolean {
  return action.toLowerCase() === 'ecr:createrepository';
}

function registryOf(input: GatesInput): RegistrySnapshot | null {
  const regions = input.snapshot.accounts.get(input.target.accountId)?.regions;
  if (input.target.region !== null) {
    return regions?.get(input.target.region)?.registry ?? null;
  }
  // Without a region any registry of the account may be meant: all of them without a policy is as good as one.
  const registries = [...(regions?.values() ?? [])].map(({ registry }) => registry);
  const [first] = registries;
  return registries.every(({ policy }) => policy.kind === 'none') ? (first ?? null) : null;
}

function iamOf(input: GatesInput): IamSnapshot | null {
  return input.snapshot.accounts.get(input.caller.request.accountId ?? '')?.iam ?? null;
}

function labelOf(level: OrganizationLevelSnapshot): string {
  return `${level.kind} ${level.name === level.id ? level.id : `${level.name} (${level.id})`}`;
}

function sourceOf(policyType: PolicyType, via: string, named: NamedDocument): Source {
  return { policyType, policy: named.policy, via, document: named.document };
}
