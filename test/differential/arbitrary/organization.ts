import * as fc from 'fast-check';

import type {
  AccountPlan,
  GapPlan,
  OrganizationPlan,
  OrganizationPolicyPlan,
  PolicyTypeStatus,
  TreePlan,
} from '../plan.ts';
import { ACCOUNTS, REGIONS, repositoryArn } from '../vocabulary.ts';
import { accountPlan, DOCUMENTS_MAX } from './account.ts';
import { documentPlan } from './document.ts';
import { weighted } from './weighted.ts';

const UNITS_MAX = 4;

/** Names are free text, so that one may look like anything; an SCP and an RCP may have the same one. */
const POLICY_NAMES = ['guard', 'limit', '@repository', '@principal', 'a|b, "c'] as const;

const organizationPolicy: fc.Arbitrary<OrganizationPolicyPlan> = fc.record({
  name: weighted([3, fc.constantFrom(POLICY_NAMES[0], POLICY_NAMES[1])], [1, fc.constantFrom(...POLICY_NAMES)]),
  document: fc.nat({ max: DOCUMENTS_MAX - 1 }),
  targets: fc.uniqueArray(fc.nat({ max: 7 }), { minLength: 1, maxLength: 2 }),
});

const status: fc.Arbitrary<PolicyTypeStatus> = weighted(
  [8, fc.constant('ENABLED' as const)],
  [2, fc.constantFrom('unstated' as const, 'DISABLED' as const)],
);

const place = fc.nat({ max: UNITS_MAX });

/** Most accounts are members; a few are in no list, or below a parent that is in none. */
const member: fc.Arbitrary<number | 'gone' | null> = weighted([24, place], [1, fc.constantFrom(null, 'gone' as const)]);

const tree: fc.Arbitrary<TreePlan> = fc.record({
  units: fc.array(place, { maxLength: UNITS_MAX }),
  members: fc.array(member, { minLength: ACCOUNTS.length, maxLength: ACCOUNTS.length }),
  uncollected: weighted([2, fc.constant(null)], [1, place]),
  management: weighted([4, fc.constantFrom('uncollected' as const, null)], [1, fc.nat({ max: ACCOUNTS.length - 1 })]),
  scps: fc.uniqueArray(organizationPolicy, { maxLength: 2, selector: ({ name }) => name }),
  rcps: fc.array(organizationPolicy, { maxLength: 1 }),
  bare: weighted(
    [8, fc.constant<readonly number[]>([])],
    [1, fc.uniqueArray(fc.nat({ max: 7 }), { minLength: 1, maxLength: 2 })],
  ),
  scpStatus: status,
  rcpStatus: status,
});

const GAP_SOURCES = [
  'organizations:ListPolicies',
  'organization.json',
  'iam:GetAccountAuthorizationDetails',
  'ecr:DescribeRepositories',
  'ecr:GetRepositoryPolicy',
  'ecr:ListTagsForResource',
  'ecr:GetRegistryPolicy',
  'ecr:GetAccountSetting',
  'repository-policies.json',
  'cloudtrail:LookupEvents',
] as const;

const gap: fc.Arbitrary<GapPlan> = fc.record({
  source: fc.constantFrom(...GAP_SOURCES),
  account: weighted([5, fc.nat({ max: 2 })], [1, fc.constant(null)]),
  region: fc.constantFrom(null, ...REGIONS),
  resource: fc.constantFrom(
    null,
    'app',
    'team/app',
    repositoryArn(ACCOUNTS[0], REGIONS[0], 'app'),
    'REGISTRY_POLICY_SCOPE',
  ),
});

/** Cut from a longer list rather than made as long as wanted, so that a smaller organization keeps its first accounts. */
const accounts: fc.Arbitrary<readonly AccountPlan[]> = fc
  .record({
    count: weighted([5, fc.constant(1)], [5, fc.constant(2)], [1, fc.constant(3)]),
    candidates: fc.tuple(accountPlan, accountPlan, accountPlan),
  })
  .map(({ count, candidates }) => candidates.slice(0, count));

/**
 * A small organization: few names, keys and values, shared documents, and everything that policies can say.
 *
 * The weights were set by `pnpm differential --bias`, until every decision was common.
 */
export const organizationPlan: fc.Arbitrary<OrganizationPlan> = fc.record({
  identityDocuments: fc.array(documentPlan({ hasPrincipal: false, deny: 3 }), {
    minLength: 1,
    maxLength: DOCUMENTS_MAX,
  }),
  // Each may name a few principals more, and every cell costs.
  resourceDocuments: fc.array(documentPlan({ hasPrincipal: true, deny: 3 }), { minLength: 1, maxLength: 3 }),
  accounts,
  tree: weighted([1, fc.constant(null)], [5, tree]),
  gaps: weighted([11, fc.constant<readonly GapPlan[]>([])], [1, fc.array(gap, { minLength: 1, maxLength: 2 })]),
});
