/** A policy document as people write it, in the order in which it is printed. */
export interface SuggestedDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly SuggestedStatement[];
}

export interface SuggestedStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: PrincipalJson;
  readonly NotPrincipal?: PrincipalJson;
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: ConditionJson;
}

export type PrincipalJson = '*' | Readonly<Record<string, readonly string[]>>;

/** Operator, key, values. */
export type ConditionJson = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export function documentOf(statements: readonly SuggestedStatement[]): SuggestedDocument {
  return { Version: '2012-10-17', Statement: statements };
}

/** The characters that count against AWS's limits: white space does not. */
export function lengthOf(document: SuggestedDocument): number {
  return JSON.stringify(document).length;
}
