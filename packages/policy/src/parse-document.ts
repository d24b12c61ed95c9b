import type { DocumentKind, PolicyDocument, Statement, Version } from './document.ts';
import { type ParseContext, parseStatement } from './parse-statement.ts';
import { policyLength } from './policy-length.ts';
import { readJson } from './parse-json.ts';
import { Lines } from './lines.ts';
import { Place } from './place.ts';
import { describeValue, type Problem, type Readable, readable } from './problem.ts';
import { isObject } from './shape.ts';

const ELEMENTS = new Set(['Version', 'Id', 'Statement']);

/** A document longer than this is refused whole: AWS's largest policy has 10,240 characters, white space aside. */
const DOCUMENT_LENGTH_MAX = 1_000_000;

/** What is known of a document besides what stands in it. */
export interface DocumentOptions {
  /** The most characters that AWS takes for this kind of policy, white space aside; one of `POLICY_LENGTHS_MAX`. */
  readonly lengthMax?: number;
}

/**
 * Reads a policy document from its JSON text, its URL-encoded JSON text, or the object that it decodes to.
 *
 * A document above `lengthMax` is read all the same, with a problem that says so: AWS would not have taken it, so it is
 * not what is in force, or AWS raised the limit. Never throws. A text that is no policy document at all is `unreadable`; a part that cannot be read stays in the
 * document as a problem, so that a decision can tell what rests on it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicyDocument(
  input: unknown,
  kind: DocumentKind,
  { lengthMax }: DocumentOptions = {},
): Readable<PolicyDocument> {
  const decoded = typeof input === 'string' ? decode(input) : readable({ value: input, text: null });
  if (decoded.kind === 'unreadable') {
    return decoded;
  }
  const place = Place.document(decoded.value.text);
  const document = decoded.value.value;
  const objection = forbidden(document);
  if (objection !== null) {
    const at = objection.path.reduce((parent, key) => parent.at(key, place.name), place);
    return at.unreadable(objection.message, objection.about);
  }
  if (!isObject(document)) {
    return place.unreadable(`is ${describeValue(document)}: expected a JSON object with \`Version\` and \`Statement\``);
  }
  for (const name of Object.keys(document)) {
    if (!ELEMENTS.has(name)) {
      return place
        .at(name, name.slice(0, 60))
        .unreadable('is no element of a policy document: expected `Version`, `Id` and `Statement`', 'name');
    }
  }
  const version = parseVersion(document['Version'], place.at('Version', 'Version'));
  if (version.kind === 'unreadable') {
    return version;
  }
  const statementPlace = place.at('Statement', 'Statement');
  const given = document['Statement'];
  if (given === undefined) {
    return statementPlace.unreadable('is missing: expected a list of statements');
  }
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  const context: ParseContext = { kind, version: version.value };
  const statements = list.map((statement, index) => {
    const name = `Statement[${index}]`;
    const at = Array.isArray(given) ? statementPlace.at(index, name) : place.at('Statement', name);
    return parseStatement(statement, index, at, context);
  });
  const problems = [
    ...lengthProblems(decoded.value, lengthMax, place),
    ...idProblems(document['Id'], place),
    ...(list.length === 0 ? [statementPlace.problem('is empty: expected at least one statement')] : []),
    ...statements.flatMap(problemsOf),
  ];
  return readable({ kind, version: version.value, statements, problems });
}

/** The Id of a document means nothing to a decision. */
function idProblems(id: unknown, place: Place): Problem[] {
  return id === undefined || typeof id === 'string'
    ? []
    : [place.at('Id', 'Id').problem(`is ${describeValue(id)}: expected text`)];
}

function lengthProblems({ value, text }: Decoded, lengthMax: number | undefined, place: Place): Problem[] {
  if (lengthMax === undefined) {
    return [];
  }
  const length = policyLength(text ?? JSON.stringify(value));
  return length <= lengthMax
    ? []
    : [place.problem(`has ${length} characters, white space aside: expected at most ${lengthMax}, as AWS does`)];
}

/** Deeper than any policy document; one that goes on nesting is hostile. */
const DEPTH_MAX = 64;

/** What can be in no policy document, and the way to it. */
interface Forbidden {
  readonly path: readonly (string | number)[];
  readonly about: 'value' | 'name';
  readonly message: string;
}

/** Why a value can be in no policy document; null where it may. Neither IAM nor a database takes such text. */
function forbidden(value: unknown, depth = 0): Forbidden | null {
  if (depth > DEPTH_MAX) {
    return { path: [], about: 'value', message: `is nested more than ${DEPTH_MAX} levels deep` };
  }
  if (typeof value === 'string') {
    return isForbiddenText(value) ? { path: [], about: 'value', message: FORBIDDEN_TEXT } : null;
  }
  if (typeof value !== 'object' || value === null) {
    return null;
  }
  for (const [key, part] of Object.entries(value)) {
    const step = Array.isArray(value) ? Number(key) : key;
    if (isForbiddenText(key)) {
      return { path: [step], about: 'name', message: FORBIDDEN_TEXT };
    }
    const found = forbidden(part, depth + 1);
    if (found !== null) {
      return { ...found, path: [step, ...found.path] };
    }
  }
  return null;
}

const FORBIDDEN_TEXT = 'holds a null character or half a character: expected text that IAM accepts';

function isForbiddenText(text: string): boolean {
  return text.includes('\0') || !text.isWellFormed();
}

/** What a text holds, and the JSON in it once URL encoding is taken off. */
interface Decoded {
  readonly value: unknown;
  readonly text: string | null;
}

const START = { line: 1, column: 1 };

function broken(message: string, position = START): Readable<never> {
  return { kind: 'unreadable', problem: { place: 'document', message, position } };
}

function decode(text: string): Readable<Decoded> {
  if (text.length > DOCUMENT_LENGTH_MAX) {
    return broken(`has ${text.length} characters: expected at most ${DOCUMENT_LENGTH_MAX}`);
  }
  const isEncoded = /^(?:\s|%20|%0[9AD])*%7B/i.test(text);
  const json = isEncoded ? decodeUrl(text) : text;
  if (json === null) {
    return broken('is not URL-encoded text: expected a policy document');
  }
  const read = readJson(json);
  if (read.kind === 'value') {
    return readable({ value: read.value, text: json });
  }
  const position = new Lines(json).positionOf(read.at);
  const { line, column } = position;
  return broken(`is no policy document: line ${line}, column ${column} ${read.message}`, position);
}

function decodeUrl(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** A document without Version has the old one, where `${...}` is no variable. */
function parseVersion(version: unknown, place: Place): Readable<Version> {
  switch (version) {
    case undefined:
    case '2008-10-17':
      return readable('2008-10-17');
    case '2012-10-17':
      return readable('2012-10-17');
    default:
      return place.unreadable(`is ${describeValue(version)}: expected \`2012-10-17\` or \`2008-10-17\``);
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
