import { canonicalJson, parsed } from '../carriers/canonical-json.ts';

/**
 * A policy document in one form, whatever order AWS gives its lists back in: single values as lists, lists in order and without
 * repetition, an account's id as the ARN of its root. Statements stay in their places.
 *
 * What is malformed stays as it is. `writtenOf` finds the statement as it was written.
 */
export interface CanonicalDocument {
  readonly document: unknown;
  readonly statements: readonly unknown[];
  writtenOf(statement: unknown): unknown;
}

export function canonicalDocument(given: unknown): CanonicalDocument {
  const value = typeof given === 'string' ? parsed(given) : given;
  if (!isObject(value)) {
    return { document: value, statements: [], writtenOf: (statement) => statement };
  }
  const { Statement: written = [] } = value;
  const list: readonly unknown[] = Array.isArray(written) ? written : [written];
  const pairs = new Map<unknown, unknown>(list.map((each) => [canonicalStatement(each), each]));
  const statements = [...pairs.keys()];
  return {
    document: { ...value, Statement: statements },
    statements,
    writtenOf: (statement) => pairs.get(statement) ?? statement,
  };
}

/** The same text for documents that say the same: neither names of statements nor their order say anything. */
export function documentKey({ document, statements }: CanonicalDocument): string {
  if (!isObject(document)) {
    return canonicalJson(document);
  }
  // Without a version it is the older one.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
  const { Version: version = '2008-10-17' } = document;
  const texts = statements.map((statement) => canonicalJson(isObject(statement) ? withoutSid(statement) : statement));
  return JSON.stringify([version, [...new Set(texts)].toSorted()]);
}

function withoutSid(statement: Record<string, unknown>): Record<string, unknown> {
  const { Sid: _, ...rest } = statement;
  return rest;
}

const LISTS: ReadonlySet<string> = new Set(['Action', 'NotAction', 'Resource', 'NotResource']);
const PRINCIPALS: ReadonlySet<string> = new Set(['Principal', 'NotPrincipal']);

function canonicalStatement(statement: unknown): unknown {
  if (!isObject(statement)) {
    return statement;
  }
  return Object.fromEntries(
    Object.entries(statement).map(([key, value]): [string, unknown] => {
      if (LISTS.has(key)) {
        return [key, ordered(value)];
      }
      if (PRINCIPALS.has(key) && isObject(value)) {
        return [key, mapValues(value, (names) => ordered(names, rootOf))];
      }
      if (key === 'Condition' && isObject(value)) {
        return [
          key,
          mapValues(value, (keys) => (isObject(keys) ? mapValues(keys, (values) => ordered(values)) : keys)),
        ];
      }
      return [key, value];
    }),
  );
}

function mapValues(value: Record<string, unknown>, map: (each: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, map(each)]));
}

function ordered(value: unknown, map = (text: string): string => text): unknown {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.every(isScalar) ? [...new Set(values.map((each) => map(String(each))))].toSorted() : value;
}

/** AWS writes the id of an account as the ARN of its root, of whatever partition. */
function rootOf(principal: string): string {
  const account = /^(?:arn:[a-z-]+:iam::)?(\d{12})(?::root)?$/.exec(principal)?.[1];
  return account === undefined ? principal : `arn:aws:iam::${account}:root`;
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
