import { isAccountId, parseArn } from './arn.ts';
import type { PrincipalElement, PrincipalEntry } from './document.ts';
import { describeValue, type Readable, readable, unreadable } from './problem.ts';
import { isObject, parseTexts } from './shape.ts';

/**
 * Reads Principal or NotPrincipal.
 *
 * A wildcard inside a principal other than the lone `*` is kept as it stands, and so matches nobody.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function parsePrincipal(input: unknown, isNegated: boolean, place: string): Readable<PrincipalElement> {
  if (input === '*') {
    return readable({ isNegated, entries: [{ kind: 'everyone' }] });
  }
  if (!isObject(input) || Object.keys(input).length === 0) {
    return unreadable(place, `is ${describeValue(input)}: expected \`*\` or an object with \`AWS\` or \`Service\``);
  }
  const entries: PrincipalEntry[] = [];
  for (const [type, value] of Object.entries(input)) {
    const texts = parseTexts(value, `${place}.${type.slice(0, 60)}`);
    if (texts.kind === 'unreadable') {
      return texts;
    }
    for (const text of texts.value) {
      const entry = parseEntry(type, text, `${place}.${type.slice(0, 60)}`);
      if (entry.kind === 'unreadable') {
        return entry;
      }
      entries.push(entry.value);
    }
  }
  return readable({ isNegated, entries });
}

function parseEntry(type: string, text: string, place: string): Readable<PrincipalEntry> {
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
      return unreadable(place, 'is no type of principal: expected `AWS`, `Service`, `Federated` or `CanonicalUser`');
  }
}

function parseAwsEntry(text: string, place: string): Readable<PrincipalEntry> {
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
  return unreadable(place, `holds ${describeValue(text)}: expected \`*\`, an account id, an ARN or a unique id`);
}
