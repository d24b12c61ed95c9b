import type { BaseOperator } from './operators.ts';
import type { Problem, Readable } from './problem.ts';
import type { Template } from './template.ts';

/** `identity`: attached to a principal or an organization unit, so without Principal. `resource`: with one. */
export type DocumentKind = 'identity' | 'resource';

export type Version = '2008-10-17' | '2012-10-17';

/** A policy document as far as it can be read. What cannot be read stays in its place as a problem. */
export interface PolicyDocument {
  readonly kind: DocumentKind;
  readonly version: Version;
  readonly statements: readonly Statement[];
  /** Every problem in the document, those inside statements too, in the order of the text. */
  readonly problems: readonly Problem[];
}

export interface Statement {
  readonly sid: string | null;
  readonly index: number;
  readonly effect: Readable<'Allow' | 'Deny'>;
  /** Null in documents of kind `identity`. */
  readonly principal: Readable<PrincipalElement> | null;
  readonly action: Readable<ActionElement>;
  /** Null where a resource policy has none: it is about the resource that it is attached to. */
  readonly resource: Readable<ResourceElement> | null;
  readonly conditions: readonly Readable<Condition>[];
  /** Elements that IAM does not know make the whole statement unreadable. */
  readonly strayElements: readonly Problem[];
  /** Parts that are read, and can match nothing. */
  readonly warnings: readonly Problem[];
}

export interface ActionElement {
  readonly isNegated: boolean;
  readonly patterns: readonly ActionPattern[];
}

/** In lower case. `prefix` null is the lone `*` that means every action of every service. */
export interface ActionPattern {
  readonly prefix: string | null;
  readonly name: Template;
}

export interface ResourceElement {
  readonly isNegated: boolean;
  readonly patterns: readonly ResourcePattern[];
}

export interface ResourcePattern {
  readonly text: string;
  readonly template: Template;
  /** Fewer than the five colons of an ARN, and not the lone `*`: which part `*` may cover is not documented. */
  readonly isShort: boolean;
}

export interface PrincipalElement {
  readonly isNegated: boolean;
  readonly entries: readonly PrincipalEntry[];
}

export type PrincipalEntry =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'account'; readonly accountId: string; readonly partition: string | null }
  /** ARN of a user, role, role session or federated user. */
  | { readonly kind: 'arn'; readonly arn: string }
  /** AIDA... or AROA...: what is left of a principal that was deleted. */
  | { readonly kind: 'uniqueId'; readonly id: string }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'federated'; readonly provider: string }
  | { readonly kind: 'canonicalUser'; readonly id: string };

export type SetPrefix = 'ForAllValues' | 'ForAnyValue';

export interface Condition {
  readonly operator: BaseOperator;
  readonly isNegated: boolean;
  readonly ifExists: boolean;
  readonly setPrefix: SetPrefix | null;
  /** As written; compared in lower case. */
  readonly key: string;
  readonly values: readonly Template[];
}

/** The Sid where the statement has one, else its index. */
export function statementName(statement: Statement): string {
  return statement.sid === null || statement.sid === '' ? String(statement.index) : statement.sid;
}
