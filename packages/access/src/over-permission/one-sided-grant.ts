/** A statement that one side of two accounts made, and of which nothing reaches anybody because the other allows nothing. */
export interface OneSidedGrant {
  /** Which side allows. */
  readonly side: 'identity' | 'repository';
  /** ARN of a managed policy, `OWNER ARN#inline:NAME`, or the ARN of the repository whose policy it is. */
  readonly policy: string;
  /** Its Sid, or its index where it has none. */
  readonly statement: string;
  /** Of ECR, on repositories. */
  readonly actions: readonly string[];
  readonly missing: MissingSide;
  /** ARNs of the users and roles that could use it; where `missing` is `principal`, those that are not there. Ascending. */
  readonly principals: readonly string[];
  /** ARNs, ascending. */
  readonly repositories: readonly string[];
}

export type MissingSide =
  /** Neither the policy of the repository nor that of the registry allows any of it, or an RCP forbids it. */
  | 'resourcePolicy'
  /** The principal's own side, its policies, boundary and SCPs together, allows none of it. */
  | 'identity'
  /** The account has no principal of that name. */
  | 'principal';

/** A statement about an account that was not read: whether its side allows is not known. */
export interface UnknownOtherSide {
  readonly side: OneSidedGrant['side'];
  readonly policy: string;
  readonly statement: string;
  readonly accountId: string;
}

export interface OneSidedGrants {
  readonly found: readonly OneSidedGrant[];
  readonly notKnown: readonly UnknownOtherSide[];
}

/** One sentence for each side that is missing. */
export const MISSING_SIDES: Readonly<Record<MissingSide, string>> = {
  resourcePolicy: 'the account of the repository allows none of it',
  identity: 'the own side of the principal allows none of it',
  principal: 'the account has no such principal',
};
