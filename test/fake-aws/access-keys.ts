/*
 * The account of a caller is written in the access key: `AKIA` (or `ASIA` for a session), the twelve digits of the
 * account, and anything behind them. Any other key belongs to the default account.
 */

const keyWithAccount = /^(?:AKIA|ASIA)(\d{12})/;

export function accessKeyFor(accountId: string): string {
  return `AKIA${accountId}FAKE`;
}

export function accountOfKey(accessKeyId: string, defaultAccountId: string): string {
  return keyWithAccount.exec(accessKeyId)?.[1] ?? defaultAccountId;
}

export interface RoleSession {
  readonly arn: string;
  readonly roleId: string;
}

/** Sessions that AssumeRole gave out, by their access key. */
export class RoleSessions {
  readonly #arns = new Map<string, RoleSession>();

  open(role: {
    readonly accountId: string;
    readonly roleName: string;
    readonly roleId: string;
    readonly sessionName: string;
    readonly partition: string;
  }): string {
    const accessKeyId = `ASIA${role.accountId}${(this.#arns.size + 1).toString(36).toUpperCase().padStart(4, '0')}`;
    this.#arns.set(accessKeyId, {
      arn: `arn:${role.partition}:sts::${role.accountId}:assumed-role/${role.roleName}/${role.sessionName}`,
      roleId: `${role.roleId}:${role.sessionName}`,
    });
    return accessKeyId;
  }

  find(accessKeyId: string): RoleSession | null {
    return this.#arns.get(accessKeyId) ?? null;
  }
}
