import {
  type DocumentKind,
  parsePolicyDocument,
  type PolicyDocument,
  type PrincipalElement,
  type PrincipalEntry,
  type Readable,
  type Statement,
} from '@ecr-audit/policy';

/** The ARN that a unique id stood for; null where nobody knows. */
export type ArnOfId = (id: string) => string | null;

/**
 * The same text for documents that say the same, however they are written: AWS orders lists as it likes, writes the root ARN
 * for an account id, and one text where a list of one was given. Null where a part cannot be read, and nothing can be told.
 *
 * The unique id of a principal that was deleted counts as its ARN: AWS put it there, and nobody saved the policy for it.
 */
export function documentContent(document: Readable<PolicyDocument>, arnOfId: ArnOfId): string | null {
  if (document.kind === 'unreadable') {
    return null;
  }
  const { version, statements } = document.value;
  const texts = statements.map((statement) => statementContent(statement, arnOfId));
  const readable = texts.filter((text) => text !== null);
  return readable.length < texts.length ? null : JSON.stringify([version, [...new Set(readable)].toSorted()]);
}

/** The content of what an event asked for: the text of a document, or the object that it decodes to. */
export function contentOf(input: unknown, kind: DocumentKind, arnOfId: ArnOfId): string | null {
  return documentContent(parsePolicyDocument(input, kind), arnOfId);
}

function statementContent(statement: Statement, arnOfId: ArnOfId): string | null {
  const { effect, principal, action, resource, conditions } = statement;
  if (
    effect.kind === 'unreadable' ||
    action.kind === 'unreadable' ||
    principal?.kind === 'unreadable' ||
    resource?.kind === 'unreadable' ||
    statement.strayElements.length > 0
  ) {
    return null;
  }
  const clauses = conditions.map((condition) => {
    if (condition.kind === 'unreadable') {
      return null;
    }
    const { values, key, ...operator } = condition.value;
    return JSON.stringify([operator, key.toLowerCase(), sortedTexts(values)]);
  });
  return clauses.includes(null)
    ? null
    : JSON.stringify([
        effect.value,
        principal === null ? null : principalContent(principal.value, arnOfId),
        [action.value.isNegated, sortedTexts(action.value.patterns)],
        resource === null
          ? null
          : [resource.value.isNegated, sortedTexts(resource.value.patterns.map(({ text }) => text))],
        sortedTexts(clauses),
      ]);
}

function principalContent({ isNegated, entries }: PrincipalElement, arnOfId: ArnOfId): unknown {
  return [isNegated, sortedTexts(entries.map((entry) => entryContent(entry, arnOfId)))];
}

function entryContent(entry: PrincipalEntry, arnOfId: ArnOfId): PrincipalEntry {
  if (entry.kind === 'account') {
    return { ...entry, partition: null };
  }
  const arn = entry.kind === 'uniqueId' ? arnOfId(entry.id) : null;
  return arn === null ? entry : { kind: 'arn', arn };
}

function sortedTexts(values: readonly unknown[]): string[] {
  return [...new Set(values.map((value) => JSON.stringify(value)))].toSorted();
}
