import type { AccessProfile, PrincipalAccess } from '../access-matrix.ts';
import type { Decision } from '../answer.ts';
import type { BitSet } from '../bit-set.ts';
import type { EvaluatedRepository } from '../evaluate/evaluate-snapshot.ts';
import type { PrincipalRef } from '../principal.ts';
import type { Right } from './evidence.ts';

/** The decision about each action and capability that is not denied. Equal ones are one object. */
type Rights = ReadonlyMap<Right, Exclude<Decision, 'explicitDeny' | 'implicitDeny'>>;

/** Repositories on which somebody holds the same rights. Bit `i` is the repository at `i` in the list. */
export interface GrantedBlock {
  readonly set: BitSet;
  readonly rights: Rights;
}

/** What one principal holds. Equal lists of blocks are one object, so that much is worked out once. */
export interface GrantedAccess {
  readonly principal: PrincipalRef;
  readonly blocks: readonly GrantedBlock[];
  readonly registries: readonly { readonly accountId: string; readonly region: string; readonly rights: Rights }[];
}

export interface Granted {
  readonly repositories: readonly EvaluatedRepository[];
  readonly access: Iterable<GrantedAccess>;
}

/** What an evaluation found, as the report needs it. */
export function* grantedBy(access: Iterable<PrincipalAccess>): Generator<GrantedAccess> {
  const rights = new Map<AccessProfile, Rights>();
  const lists = new Map<PrincipalAccess['repositories'], readonly GrantedBlock[]>();
  const rightsOf = (profile: AccessProfile): Rights => {
    const known = rights.get(profile) ?? rightsIn(profile);
    rights.set(profile, known);
    return known;
  };
  for (const { principal, repositories, registries } of access) {
    const blocks =
      lists.get(repositories) ?? repositories.map(({ set, profile }) => ({ set, rights: rightsOf(profile) }));
    lists.set(repositories, blocks);
    yield {
      principal,
      blocks,
      registries: registries.map(({ accountId, region, profile }) => ({
        accountId,
        region,
        rights: rightsOf(profile),
      })),
    };
  }
}

function rightsIn({ answers }: AccessProfile): Rights {
  const rights = new Map<Right, 'allowed' | 'conditional' | 'unknown'>();
  for (const [right, { decision }] of answers) {
    if (decision === 'allowed' || decision === 'conditional' || decision === 'unknown') {
      rights.set(right, decision);
    }
  }
  return rights;
}
