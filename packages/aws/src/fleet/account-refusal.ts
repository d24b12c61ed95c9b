import type { CollectionGapReason } from '@ecr-audit/access';

import type { CredentialSource } from '../credentials.ts';

/** Why an account cannot be read at all. */
export interface AccountRefusal {
  readonly reason: CollectionGapReason;
  readonly message: string;
  /** Whether the role may be assumed a minute later. */
  readonly isPassing: boolean;
}

/** Thrown by the credentials of an account that cannot be read; its message holds no secret. */
export class AccountRefused extends Error {
  readonly refusal: AccountRefusal;

  constructor(refusal: AccountRefusal) {
    super(refusal.message);
    this.name = 'AccountRefused';
    this.refusal = refusal;
  }
}

/** How a fleet reaches an account. */
export interface MemberRole {
  readonly credentials: CredentialSource;
  /** Assumes the role unless that is done. Null where the account can be read. Throws where the caller's own credentials fail. */
  refusal(): Promise<AccountRefusal | null>;
  /**
   * Tells that AWS no longer accepts the credentials of the role: it may have been deleted in the middle.
   * Throws where the caller's own do not work either, because then nothing can be read.
   */
  lost(error: unknown): Promise<AccountRefusal>;
  /** True where the account was refused long enough ago to ask again, in a session of its own. */
  isRefusalOld(): boolean;
}
