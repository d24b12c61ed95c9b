import type { PolicyDocument, Statement } from '@ecr-audit/policy';
import type { IamPrincipal, IamSnapshot, NamedDocument } from '../snapshot/model.ts';

/** The identity policies of a principal, its own and those of its groups, or the name of one that was not read. */
export type IdentityDocuments =
  | { readonly kind: 'read'; readonly documents: readonly NamedDocument[] }
  | { readonly kind: 'unread'; readonly policy: string };

export function identityDocuments(iam: IamSnapshot, principal: IamPrincipal): IdentityDocuments {
  const groups = principal.groups.map((name) => iam.groups.get(name) ?? name);
  const missingGroup = groups.find((group) => typeof group === 'string');
  if (missingGroup !== undefined) {
    return { kind: 'unread', policy: `group ${missingGroup}` };
  }
  const holders = [principal, ...groups.filter((group) => typeof group !== 'string')];
  const documents = holders.flatMap(({ inlinePolicies }) => inlinePolicies);
  for (const arn of holders.flatMap(({ attachedPolicyArns }) => attachedPolicyArns)) {
    const named = iam.managedPolicies.get(arn);
    if (named === undefined) {
      return { kind: 'unread', policy: arn };
    }
    documents.push(named);
  }
  const broken = documents.find(({ document }) => document.kind === 'unreadable');
  return broken === undefined
    ? { kind: 'read', documents: [...new Set(documents)] }
    : { kind: 'unread', policy: broken.policy };
}

/** The same documents with some of their statements; those without any are left out. */
export function keepStatements(
  documents: readonly NamedDocument[],
  isKept: (statement: Statement) => boolean,
): NamedDocument[] {
  return documents.flatMap((named): NamedDocument[] => {
    if (named.document.kind === 'unreadable') {
      return [named];
    }
    const document: PolicyDocument = named.document.value;
    const statements = document.statements.filter(isKept);
    return statements.length === 0
      ? []
      : [{ policy: named.policy, document: { kind: 'readable', value: { ...document, statements } } }];
  });
}

/** What a suggestion takes the place of. A statement whose effect cannot be read stays. */
export function isAllow({ effect }: Statement): boolean {
  return effect.kind === 'readable' && effect.value === 'Allow';
}
