import { isAccountId, parseArn } from './arn.ts';
import type { PrincipalElement, PrincipalEntry } from './document.ts';
import type { Place } from './place.ts';
import { describeValue, type Readable, readable } from './problem.ts';
import { isObject, parseTexts } from './shape.ts';

/**
 * Reads Principal or NotPrincipal.
 *
 * A wildcard inside a principal other than the lone `*` is kept as it stands, and so matches nobody.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function parsePrincipal(input: unknown, isNegated: boolean, place: Place): Readable<PrincipalElement> {
  if (input === '*') {
    return readable({ isNegated, entries: [{ kind: 'everyone' }] });
  }
  if (!isObject(input) || Object.keys(input).length === 0) {
    return place.unreadable(`is ${describeValue(input)}: expected \`*\` or an object with \`AWS\` or \`Service\``);
  }
  const entries: PrincipalEntry[] = [];
  for (const [type, value] of Object.entries(input)) {
    const typePlace = place.member(type);
    const texts = parseTexts(value, typePlace);
    if (texts.kind === 'unreadable') {
      return texts;
    }
    for (const [index, text] of texts.value.entries()) {
      const entry = parseEntry(type, text, typePlace.value(value, index));
      if (entry.kind === 'unreadable') {
        return entry;
      }
      entries.push(entry.value);
    }
  }
  return readable({ isNegated, entries });
}

function parseEntry(type: string, text: string, place: Place): Readable<PrincipalEntry> {
  switch (type) {
    case 'AWS':
      return parseAwsEntry(text, place);
    case 'Service':
      return readable({ kind: 'service', name: text });
    case 'Federated':
      return readable({ kind: 'federated', provider: text });
    case 'CanonicalUser':
      return readable({ kind: 'canonicalUser', id: text });
    default:
      return place.unreadable(
        'is no type of principal: expected `AWS`, `Service`, `Federated` or `CanonicalUser`',
        'name',
      );
  }
}

function parseAwsEntry(text: string, place: Place): Readable<PrincipalEntry> {
  if (text === '*') {
    return readable({ kind: 'everyone' });
  }
  if (isAccountId(text)) {
    return readable({ kind: 'account', accountId: text, partition: null });
  }
  const arn = parseArn(text);
  if (arn !== null) {
    // The root ARN of an account and its twelve digits mean the same.
    return readable(
      arn.service === 'iam' && arn.resource === 'root' && isAccountId(arn.accountId)
        ? { kind: 'account', accountId: arn.accountId, partition: arn.partition }
        : { kind: 'arn', arn: text },
    );
  }
  if (/^A[A-Z]{3}[A-Z0-9]{1,124}$/.test(text)) {
    return readable({ kind: 'uniqueId', id: text });
  }
  return place.unreadable(`holds ${describeValue(text)}: expected \`*\`, an account id, an ARN or a unique id`);
}
