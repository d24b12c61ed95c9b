import type { ServedState } from './served-state.ts';

export interface RoleSettings {
  /** Auditor roles, with their paths, that every account has though the snapshot does not hold them; `ecr-audit` without it. */
  readonly auditorRoles?: readonly string[];
  /** Accounts without them. */
  readonly rolesMissing?: readonly string[];
  /** What the trust policies of those roles ask for; any will do without it. */
  readonly externalId?: string;
}

/** Which roles may be assumed. Trust policies are not evaluated: whoever names a role that is there gets it. */
export class RoleRules {
  readonly #auditorRoles: ReadonlySet<string>;
  readonly #externalId: string | null;
  #missing: ReadonlySet<string>;

  constructor(settings: RoleSettings) {
    this.#auditorRoles = new Set(settings.auditorRoles ?? ['ecr-audit']);
    this.#externalId = settings.externalId ?? null;
    this.#missing = new Set(settings.rolesMissing);
  }

  /** Deletes the auditor roles of these accounts, and gives the others theirs back. */
  setMissing(accountIds: readonly string[]): void {
    this.#missing = new Set(accountIds);
  }

  /** True where the auditor roles of the account were deleted, and the sessions of them ended. */
  isMissing(accountId: string): boolean {
    return this.#missing.has(accountId);
  }

  /** `path` is the role's name with its path. */
  allows(
    state: ServedState,
    role: {
      readonly accountId: string;
      readonly path: string;
      readonly arn: string;
      readonly externalId: string | null;
    },
  ): boolean {
    const account = state.accounts.get(role.accountId);
    if (account === undefined) {
      return false;
    }
    if (this.#auditorRoles.has(role.path)) {
      return !this.isMissing(role.accountId) && (this.#externalId === null || this.#externalId === role.externalId);
    }
    return account.authorizationDetails?.RoleDetailList.some((each) => each.Arn === role.arn) ?? false;
  }
}
