import { parseArn } from '@ecr-audit/policy';
import { type CanonicalDocument, canonicalDocument } from './canonical-document.ts';
import type { Snapshot } from '../snapshot/model.ts';

/** A user or role that a policy named by its ARN, and which AWS shows as a unique id since it was deleted. */
export interface DeletedPrincipal {
  readonly arn: string;
  readonly id: string;
}

/**
 * The users and roles of an earlier document that a later one shows by their unique ids: AWS does that once they are deleted.
 * One of an account that was not read is told by there being one such ARN and one such id.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
 */
export function deletedPrincipals(
  before: CanonicalDocument,
  after: CanonicalDocument,
  earlier: Snapshot,
): DeletedPrincipal[] {
  const [named, shown] = [namesIn(before), namesIn(after)];
  const gone = [...named.difference(shown)].filter((name) => name.includes(':'));
  const ids = [...shown.difference(named)].filter((name) => KINDS.has(name.slice(0, 4)) && !name.includes(':'));
  const known: DeletedPrincipal[] = [];
  const unknown: string[] = [];
  for (const id of ids) {
    const arn = gone.find((each) => idOf(each, earlier) === id);
    if (arn === undefined) {
      unknown.push(id);
    } else {
      known.push({ arn, id });
    }
  }
  const candidates = gone.filter((arn) => idOf(arn, earlier) === null);
  for (const [prefix, type] of KINDS) {
    const [arn, ...otherArns] = candidates.filter((each) => parseArn(each)?.resource.startsWith(type));
    const [id, ...otherIds] = unknown.filter((each) => each.startsWith(prefix));
    if (arn !== undefined && id !== undefined && otherArns.length === 0 && otherIds.length === 0) {
      known.push({ arn, id });
    }
  }
  return known;
}

/** The document with unique ids in place of these ARNs. */
export function withUniqueIds(document: CanonicalDocument, deleted: readonly DeletedPrincipal[]): CanonicalDocument {
  const ids = new Map(deleted.map(({ arn, id }) => [arn, id]));
  const renamed = document.statements.map((statement) => {
    if (!isObject(statement)) {
      return { statement, written: statement };
    }
    const changed = { ...statement };
    for (const key of PRINCIPALS) {
      const principals = statement[key];
      if (isObject(principals) && Array.isArray(principals['AWS'])) {
        changed[key] = { ...principals, AWS: principals['AWS'].map((name) => ids.get(String(name)) ?? name) };
      }
    }
    return { statement: changed, written: document.writtenOf(statement) };
  });
  const canonical = canonicalDocument({
    ...(isObject(document.document) ? document.document : {}),
    Statement: renamed.map(({ statement }) => statement),
  });
  const written = new Map(canonical.statements.map((statement, index) => [statement, renamed[index]?.written]));
  return { ...canonical, writtenOf: (statement) => written.get(statement) ?? statement };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['AIDA', 'user/'],
  ['AROA', 'role/'],
]);

const PRINCIPALS = ['Principal', 'NotPrincipal'] as const;

function idOf(arn: string, { accounts }: Snapshot): string | null {
  return accounts.get(parseArn(arn)?.accountId ?? '')?.iam?.principalsByArn.get(arn)?.id ?? null;
}

function namesIn({ statements }: CanonicalDocument): Set<string> {
  const names = statements.flatMap((statement) =>
    !isObject(statement)
      ? []
      : PRINCIPALS.flatMap((key): readonly unknown[] => {
          const principals = statement[key];
          const list = isObject(principals) ? principals['AWS'] : [];
          return Array.isArray(list) ? list : [];
        }),
  );
  return new Set(names.map(String));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
