import type { DocumentKind, PolicyDocument, Statement, Version } from './document.ts';
import { type ParseContext, parseStatement } from './parse-statement.ts';
import { parseJson } from './parse-json.ts';
import { describeValue, type Problem, type Readable, readable, unreadable } from './problem.ts';
import { isObject } from './shape.ts';

const ELEMENTS = new Set(['Version', 'Id', 'Statement']);

/** A document longer than this is refused whole: AWS's largest policy has 10,240 characters, white space aside. */
const DOCUMENT_LENGTH_MAX = 1_000_000;

/**
 * Reads a policy document from its JSON text, its URL-encoded JSON text, or the object that it decodes to.
 *
 * Never throws. A text that is no policy document at all is `unreadable`; a part that cannot be read stays in the
 * document as a problem, so that a decision can tell what rests on it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicyDocument(input: unknown, kind: DocumentKind): Readable<PolicyDocument> {
  const decoded = typeof input === 'string' ? decode(input) : readable(input);
  if (decoded.kind === 'unreadable') {
    return decoded;
  }
  const document = decoded.value;
  const objection = forbidden(document);
  if (objection !== null) {
    return unreadable('document', objection);
  }
  if (!isObject(document)) {
    return unreadable(
      'document',
      `is ${describeValue(document)}: expected a JSON object with \`Version\` and \`Statement\``,
    );
  }
  for (const name of Object.keys(document)) {
    if (!ELEMENTS.has(name)) {
      return unreadable(
        name.slice(0, 60),
        'is no element of a policy document: expected `Version`, `Id` and `Statement`',
      );
    }
  }
  const version = parseVersion(document['Version']);
  if (version.kind === 'unreadable') {
    return version;
  }
  if (document['Statement'] === undefined) {
    return unreadable('Statement', 'is missing: expected a list of statements');
  }
  const list: unknown[] = Array.isArray(document['Statement']) ? document['Statement'] : [document['Statement']];
  const context: ParseContext = { kind, version: version.value };
  const statements = list.map((statement, index) => parseStatement(statement, index, context));
  return readable({ kind, version: version.value, statements, problems: statements.flatMap(problemsOf) });
}

/** Deeper than any policy document; one that goes on nesting is hostile. */
const DEPTH_MAX = 64;

/** Why a value can be in no policy document; null where it may. Neither IAM nor a database takes such text. */
function forbidden(value: unknown, depth = 0): string | null {
  if (depth > DEPTH_MAX) {
    return `is nested more than ${DEPTH_MAX} levels deep`;
  }
  if (typeof value === 'string') {
    return value.includes('\0') || !value.isWellFormed()
      ? 'holds a null character or half a character: expected text that IAM accepts'
      : null;
  }
  const parts: readonly unknown[] = Array.isArray(value) ? value : isObject(value) ? Object.entries(value).flat() : [];
  return parts.reduce<string | null>((found, part) => found ?? forbidden(part, depth + 1), null);
}

function decode(text: string): Readable<unknown> {
  if (text.length > DOCUMENT_LENGTH_MAX) {
    return unreadable('document', `has ${text.length} characters: expected at most ${DOCUMENT_LENGTH_MAX}`);
  }
  const isEncoded = /^(?:\s|%20|%0[9AD])*%7B/i.test(text);
  const json = isEncoded ? decodeUrl(text) : text;
  if (json === null) {
    return unreadable('document', 'is not URL-encoded text: expected a policy document');
  }
  const value = parseJson(json);
  return value.kind === 'readable'
    ? value
    : unreadable('document', `is no policy document: ${value.problem.place} ${value.problem.message}`);
}

function decodeUrl(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** A document without Version has the old one, where `${...}` is no variable. */
function parseVersion(version: unknown): Readable<Version> {
  switch (version) {
    case undefined:
    case '2008-10-17':
      return readable('2008-10-17');
    case '2012-10-17':
      return readable('2012-10-17');
    default:
      return unreadable('Version', `is ${describeValue(version)}: expected \`2012-10-17\` or \`2008-10-17\``);
  }
}

function problemsOf(statement: Statement): Problem[] {
  const parts = [statement.effect, statement.principal, statement.action, statement.resource, ...statement.conditions];
  const problems = [
    ...statement.strayElements,
    ...statement.warnings,
    ...parts.flatMap((part) => (part?.kind === 'unreadable' ? [part.problem] : [])),
  ];
  // What makes a whole statement unreadable stands in each of its parts, and is told once.
  return [...new Set(problems)];
}
