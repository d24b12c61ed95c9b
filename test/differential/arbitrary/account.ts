import * as fc from 'fast-check';

import {
  type AccountPlan,
  type AttachmentsPlan,
  NOT_IN_FILE,
  type PrincipalPlan,
  type RegionPlan,
  type RepositoryPlan,
  type TagPlan,
} from '../plan.ts';
import {
  GROUPS,
  ODD_TAG_VALUES,
  PATHS,
  REGIONS,
  REPOSITORIES,
  ROLES,
  TAG_KEYS,
  TAG_VALUES,
  USERS,
} from '../vocabulary.ts';
import { rarely, weighted } from './weighted.ts';

/** A document by its place in a list that has at most this many. */
export const DOCUMENTS_MAX = 5;

const document = fc.nat({ max: DOCUMENTS_MAX - 1 });
const managedPolicy = weighted([20, fc.nat({ max: 2 })], [1, fc.constant(NOT_IN_FILE)]);

const tags: fc.Arbitrary<readonly TagPlan[]> = fc.uniqueArray(
  fc.record({
    Key: fc.constantFrom(...TAG_KEYS),
    Value: weighted([5, fc.constantFrom(...TAG_VALUES)], [1, fc.constantFrom(...ODD_TAG_VALUES)]),
  }),
  { maxLength: 3, selector: ({ Key }) => Key },
);

const inline = fc.array(document, { maxLength: 2 });
const attached = fc.array(managedPolicy, { maxLength: 2 });

function principal(names: readonly [string, ...string[]], isUser: boolean): fc.Arbitrary<PrincipalPlan> {
  return fc.record({
    name: fc.constantFrom(...names),
    path: isUser
      ? fc.constant('/')
      : weighted([5, fc.constant(PATHS[0])], [2, fc.constant(PATHS[1])], [1, fc.constant(PATHS[2])]),
    generation: rarely(fc.constant(2), { plain: 1, oneIn: 6 }),
    tags: weighted([1, fc.constant([])], [2, tags]),
    inline,
    attached,
    boundary: rarely<number | null>(managedPolicy, { plain: null, oneIn: 3 }),
    groups: isUser ? fc.uniqueArray(fc.constantFrom(...GROUPS), { maxLength: 2 }) : fc.constant<readonly string[]>([]),
  });
}

const byName = { selector: ({ name }: { readonly name: string }) => name };

const group: fc.Arbitrary<AttachmentsPlan> = fc.record({ inline, attached });

const repository: fc.Arbitrary<RepositoryPlan> = fc.record({
  name: fc.constantFrom(...REPOSITORIES),
  policy: weighted([1, fc.constant(null)], [3, document]),
  tags,
});

/** Repositories and registry of one region, in which a file may be missing. */
const FILES = ['repositories.json', 'repository-policies.json', 'repository-tags.json', 'registry.json'] as const;

const region: fc.Arbitrary<RegionPlan> = fc.record({
  name: fc.constantFrom(...REGIONS),
  repositories: weighted(
    [4, fc.uniqueArray(repository, { ...byName, minLength: 1, maxLength: 2 })],
    [1, fc.uniqueArray(repository, { ...byName, maxLength: 4 })],
  ),
  furtherRepositories: rarely(fc.integer({ min: 31, max: 66 }), { plain: 0, oneIn: 300 }),
  registryPolicy: rarely<number | null>(document, { plain: null, oneIn: 3 }),
  scope: weighted([4, fc.constantFrom('V2', 'V1')], [1, fc.constantFrom(null, 'V3')]),
  missing: rarely<readonly string[]>(fc.uniqueArray(fc.constantFrom(...FILES), { minLength: 1, maxLength: 2 }), {
    plain: [],
    oneIn: 25,
  }),
});

/** An account: a few principals that share policies, and one region, rarely two. */
export const accountPlan: fc.Arbitrary<AccountPlan> = fc
  .record({
    users: weighted(
      [4, fc.uniqueArray(principal(USERS, true), { ...byName, maxLength: 1 })],
      [1, fc.uniqueArray(principal(USERS, true), { ...byName, maxLength: USERS.length })],
    ),
    roles: weighted(
      [2, fc.uniqueArray(principal(ROLES, false), { ...byName, maxLength: 2 })],
      [1, fc.uniqueArray(principal(ROLES, false), { ...byName, maxLength: ROLES.length })],
    ),
    groups: weighted(
      [12, fc.array(group, { minLength: GROUPS.length, maxLength: GROUPS.length })],
      [1, fc.array(group, { maxLength: 1 })],
    ),
    managed: fc.array(fc.record({ document, isAwsOwned: rarely(fc.constant(true), { plain: false, oneIn: 4 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
    regions: weighted(
      [6, fc.uniqueArray(region, { ...byName, minLength: 1, maxLength: 1 })],
      [1, fc.uniqueArray(region, { ...byName, maxLength: 2 })],
    ),
    isIamMissing: rarely(fc.constant(true), { plain: false, oneIn: 40 }),
    likeness: fc.constantFrom('none' as const, 'policies' as const, 'all' as const),
  })
  .map(({ likeness, ...account }) => ({
    ...account,
    users: alike(account.users, likeness),
    roles: alike(account.roles, likeness),
  }));

/** Principals that share their policies, or everything but their names: those that an evaluator may take for one. */
function alike(principals: readonly PrincipalPlan[], likeness: 'none' | 'policies' | 'all'): readonly PrincipalPlan[] {
  const [first] = principals;
  if (first === undefined || likeness === 'none') {
    return principals;
  }
  const { inline, attached, groups, boundary, tags, path } = first;
  const shared = likeness === 'all' ? { inline, attached, groups, boundary, tags, path } : { inline, attached, groups };
  return principals.map((each) => ({ ...each, ...shared }));
}
