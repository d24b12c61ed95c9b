import type { PrincipalAccess } from '../access-matrix.ts';
import { callerAccess } from '../engine/caller-access.ts';
import { rootCaller } from '../evaluate/caller.ts';
import type {
  NamedDocument,
  OrganizationAccount,
  OrganizationLevelSnapshot,
  OrganizationSnapshot,
  Repository,
  RepositoryPolicy,
  Snapshot,
} from '../snapshot/model.ts';

/** What an account that would join the organization at some place could do. */
export interface MemberAccess {
  /** The root or the organizational unit that it would stand right below. */
  readonly unit: OrganizationLevelSnapshot;
  /** Ids of what stands above that unit. */
  readonly above: readonly string[];
  readonly access: PrincipalAccess;
}

/**
 * Asks the engine what any account of a unit may do, whoever it is: an account that nobody knows, at each place of the
 * organization, which no policy names by its id. So a grant to a whole unit is told by what it comes to, after every Deny
 * and condition, and not by how it is written. Asked only where a policy reads the organization of the caller at all.
 */
export function memberAccess(snapshot: Snapshot, repositories: readonly Repository[]): MemberAccess[] {
  const { organization } = snapshot;
  if (organization === null || !repositories.some(({ policy }) => readsOrganization(policy))) {
    return [];
  }
  const members = placesOf(organization).map((levels, index) => memberOf(levels, `${index}`.padStart(12, '0')));
  const joined: Snapshot = {
    ...snapshot,
    organization: {
      ...organization,
      accounts: new Map([...organization.accounts, ...members.map((member) => [member.id, member] as const)]),
    },
  };
  const callers = members.map(({ id }) => rootCaller(joined, id));
  const access = [...callerAccess(joined, { callers, repositories }, {})];
  return members.flatMap(({ levels }, index) => {
    const [held, place] = [access[index], (levels ?? []).slice(0, -1)];
    const unit = place.at(-1);
    return held === undefined || unit === undefined
      ? []
      : [{ unit, above: place.slice(0, -1).map(({ id }) => id), access: held }];
  });
}

const ORGANIZATION_KEYS: ReadonlySet<string> = new Set(['aws:principalorgid', 'aws:principalorgpaths']);

function readsOrganization(policy: RepositoryPolicy): boolean {
  return (
    policy.kind === 'policy' &&
    statementsOf(policy.named).some(({ conditions }) =>
      conditions.some(
        (condition) => condition.kind === 'readable' && ORGANIZATION_KEYS.has(condition.value.key.toLowerCase()),
      ),
    )
  );
}

function statementsOf({ document }: NamedDocument) {
  return document.kind === 'readable' ? document.value.statements : [];
}

/** Every root and unit that has an account below it, from the root on. */
function placesOf({ accounts }: OrganizationSnapshot): readonly (readonly OrganizationLevelSnapshot[])[] {
  const places = new Map<string, readonly OrganizationLevelSnapshot[]>();
  for (const { levels } of accounts.values()) {
    const units = (levels ?? []).filter(({ kind }) => kind !== 'account');
    for (const [index, { id }] of units.entries()) {
      places.set(id, units.slice(0, index + 1));
    }
  }
  return [...places.values()];
}

/** The account's own level repeats that above it: AWS allows none without an SCP. */
function memberOf(levels: readonly OrganizationLevelSnapshot[], id: string): OrganizationAccount {
  const last = levels.at(-1);
  const own = { id, kind: 'account', name: 'any account', scps: last?.scps ?? [], rcps: last?.rcps ?? [] } as const;
  return { id, name: own.name, levels: [...levels, own] };
}
