import { parsePolicyDocument, statementName } from '@ecr-audit/policy';
import type { PrincipalAccess } from '../access-matrix.ts';
import { has } from '../bit-set.ts';
import { callerAccess } from '../engine/caller-access.ts';
import { repositoriesOf } from '../evaluate/evaluated-repositories.ts';
import type { IamPrincipal, NamedDocument, Repository, Snapshot } from '../snapshot/model.ts';
import type { EcrStatement } from './ecr-statements.ts';
import { mergeGrants } from './merge-grants.ts';
import type { MissingSide, OneSidedGrant, OneSidedGrants, UnknownOtherSide } from './one-sided-grant.ts';
import { type PolicyHolder, policyHolders } from './policy-routes.ts';
import { identityStatements, repositoryStatements } from './two-account-statements.ts';

/**
 * Statements across two accounts of which nothing reaches anybody, because the other side allows nothing of it.
 *
 * Cross-account access needs an allow on both sides.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 *
 * Of identity policies only statements are looked at that spell an account out: one about `*` is meant for whatever lets it in.
 * Exact: what the other side allows is what the engine answers for the very principal as if its own side allowed everything.
 * Whatever is conditional or unknown there is taken to let through, so it is never claimed.
 */
export function oneSidedGrants(snapshot: Snapshot): OneSidedGrants {
  const holders = policyHolders(snapshot);
  const repositories = repositoriesOf(snapshot);
  const asked = [
    ...identityStatements(snapshot, holders, repositories),
    ...repositoryStatements(snapshot, holders, repositories),
  ];
  const pairs = asked.flatMap((each) => (each.kind === 'pair' ? [each] : []));
  const involved = [...new Set(pairs.flatMap((pair) => pair.holders))];
  const far = rightsOf(involved, withFreeHand(snapshot), repositories, freeHand);
  const real = rightsOf(involved, snapshot, repositories, ({ principal }) => principal);
  const found = pairs.flatMap(({ side, holders: those, index, said, policy }): OneSidedGrant[] => {
    const reaches = (rights: Rights): boolean =>
      those.some((holder) => said.repositoryActions.some((action) => rights(holder, action, index)));
    // A statement that lets in a whole account is of use as soon as one in it can use it.
    if (those.length === 0 || reaches(real)) {
      return [];
    }
    const isRefused = reaches(far) === (side === 'repository');
    return isRefused
      ? [
          grantOf(
            { side, policy, said, missing: side === 'identity' ? 'resourcePolicy' : 'identity' },
            those.map(({ principal }) => principal.arn),
            repositories[index],
          ),
        ]
      : [];
  });
  const gone = asked.flatMap((each) =>
    each.kind === 'gone'
      ? [
          grantOf(
            { side: 'repository', policy: each.policy, said: each.said, missing: 'principal' },
            [each.arn],
            repositories[each.index],
          ),
        ]
      : [],
  );
  return {
    found: mergeGrants([...found, ...gone]),
    notKnown: unique(asked.flatMap((each) => (each.kind === 'unread' ? [each.other] : []))),
  };
}

const EVERYTHING: NamedDocument = {
  policy: 'everything',
  document: parsePolicyDocument(
    { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
    'identity',
  ),
};

/** The principal as if its own side allowed everything. */
function freeHand({ principal }: PolicyHolder): IamPrincipal {
  return {
    ...principal,
    groups: [],
    attachedPolicyArns: [],
    inlinePolicies: [EVERYTHING],
    permissionsBoundaryArn: null,
  };
}

/** SCPs are of the caller's side; RCPs are of the repository's. */
function withFreeHand(snapshot: Snapshot): Snapshot {
  return {
    ...snapshot,
    organization: snapshot.organization === null ? null : { ...snapshot.organization, scpsEnabled: false },
  };
}

/** Whether a holder has an action on a repository, or may have it. */
type Rights = (holder: PolicyHolder, action: string, index: number) => boolean;

function rightsOf(
  holders: readonly PolicyHolder[],
  snapshot: Snapshot,
  repositories: readonly Repository[],
  as: (holder: PolicyHolder) => IamPrincipal,
): Rights {
  const asked = holders.flatMap((holder) =>
    holder.callers.map((caller) => ({ holder, caller: { ...caller, iam: as(holder) } })),
  );
  const access = new Map<PolicyHolder, PrincipalAccess[]>();
  let place = 0;
  for (const each of callerAccess(snapshot, { callers: asked.map(({ caller }) => caller), repositories }, {})) {
    const holder = asked[place]?.holder;
    place += 1;
    if (holder !== undefined) {
      access.set(holder, [...(access.get(holder) ?? []), each]);
    }
  }
  return (holder, action, index) =>
    (access.get(holder) ?? []).some(({ repositories: blocks }) =>
      blocks.some(({ set, profile }) => has(set, index) && profile.answers.has(action)),
    );
}

function grantOf(
  {
    side,
    policy,
    said,
    missing,
  }: {
    readonly side: OneSidedGrant['side'];
    readonly policy: string;
    readonly said: EcrStatement;
    readonly missing: MissingSide;
  },
  principals: readonly string[],
  repository: Repository | undefined,
): OneSidedGrant {
  return {
    side,
    policy,
    statement: statementName(said.statement),
    actions: said.repositoryActions,
    missing,
    principals,
    repositories: repository === undefined ? [] : [repository.arn],
  };
}

function unique(others: readonly UnknownOtherSide[]): UnknownOtherSide[] {
  return [...new Map(others.map((each) => [JSON.stringify(each), each])).values()];
}
