import { POLICY_LENGTHS_MAX } from '@ecr-audit/policy';
import type { IamPrincipal, NamedDocument } from '../snapshot/model.ts';
import { isAllow } from './identity-documents.ts';
import { lengthOf, type SuggestedDocument } from './suggested-document.ts';

/** What inline policies of one user or role come to, together, if the suggestion is one of them. */
export interface InlineRoom {
  /** With the inline policies that stay, whole even where only some of their statements do. */
  readonly length: number;
  readonly lengthMax: number;
  readonly isWithin: boolean;
}

/**
 * Suggestions are written as managed policies; whether one may be an inline policy too depends on those that stay. Null where
 * the length of one of them is not known.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function inlineRoom(principal: IamPrincipal, documents: readonly SuggestedDocument[]): InlineRoom | null {
  const staying = principal.inlinePolicies.filter((named) => !isReplacedWhole(named)).map((named) => named.length);
  if (staying.includes(undefined)) {
    return null;
  }
  const lengths = [...staying.map((length) => length ?? 0), ...documents.map(lengthOf)];
  const length = lengths.reduce((sum, each) => sum + each, 0);
  const lengthMax = POLICY_LENGTHS_MAX[principal.kind === 'user' ? 'userInline' : 'roleInline'];
  return { length, lengthMax, isWithin: length <= lengthMax };
}

/** Whether it holds nothing besides Allow statements about ECR alone. */
function isReplacedWhole({ document }: NamedDocument): boolean {
  return (
    document.kind === 'readable' &&
    document.value.statements.every(
      (statement) =>
        isAllow(statement) &&
        statement.action.kind === 'readable' &&
        !statement.action.value.isNegated &&
        statement.action.value.patterns.every(({ prefix }) => prefix === 'ecr'),
    )
  );
}
