import type { NamedDocument } from '../snapshot/model.ts';
import { canonicalJson, parsed } from './canonical-json.ts';
import { type EcrSay, ecrStatementsOf, isWhole } from './carrier.ts';

/** A statement about ECR that only one of two versions has. */
export interface ChangedStatement extends EcrSay {
  readonly effect: 'Allow' | 'Deny';
  readonly sid: string | null;
  /** As written, conditions and all. */
  readonly statement: unknown;
}

/** How two versions of a policy differ in what they say of ECR. */
export interface StatementChanges {
  readonly added: readonly ChangedStatement[];
  readonly removed: readonly ChangedStatement[];
  /** ECR actions that some statement allows, or denies, in one version alone; conditions and resources are in the statements. */
  readonly allows: ActionDifference;
  readonly denies: ActionDifference;
  /** False where a statement of either cannot be read: it may say anything. */
  readonly isWhole: boolean;
}

interface ActionDifference {
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/** One version of a policy; null for none. */
type Version = { readonly document: unknown; readonly named: NamedDocument } | null;

/** Whether two versions differ in anything that access to ECR rests on. */
export function differsForEcr({ added, removed, isWhole: isRead }: StatementChanges): boolean {
  return added.length > 0 || removed.length > 0 || !isRead;
}

/** Compares the statements about ECR of two versions. Their order and their Sids decide nothing, and are left out of it. */
export function statementChanges(before: Version, after: Version): StatementChanges {
  const [earlier, later] = [statementsIn(before), statementsIn(after)];
  return {
    added: onlyIn(later, earlier),
    removed: onlyIn(earlier, later),
    allows: actionDifference(earlier, later, 'Allow'),
    denies: actionDifference(earlier, later, 'Deny'),
    isWhole: [before, after].every((version) => version === null || isWhole(version.named.document)),
  };
}

interface KeyedStatement {
  readonly key: string;
  readonly changed: ChangedStatement;
}

function statementsIn(version: Version): KeyedStatement[] {
  if (version === null) {
    return [];
  }
  const { document } = version.named;
  // A variable is one in the newer language alone, so that the same words may say something else.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
  const language = document.kind === 'readable' ? document.value.version : '';
  const written = writtenStatements(version.document);
  return ecrStatementsOf(document).map(({ effect, sid, index, say }) => {
    const statement = written[index] ?? null;
    return { key: `${language} ${canonicalJson(plain(statement))}`, changed: { effect, sid, ...say, statement } };
  });
}

/** A single statement may stand without its list. */
function writtenStatements(document: unknown): readonly unknown[] {
  const value = typeof document === 'string' ? parsed(document) : document;
  const statement = isObject(value) ? value['Statement'] : undefined;
  return Array.isArray(statement) ? statement : [statement];
}

/** Without the name, and with lists of actions and resources in one order: neither changes what a statement says. */
function plain(statement: unknown): unknown {
  if (!isObject(statement)) {
    return statement;
  }
  const { Sid: _, ...rest } = statement;
  for (const key of ['Action', 'NotAction', 'Resource', 'NotResource']) {
    const value = rest[key];
    if (typeof value === 'string' || Array.isArray(value)) {
      rest[key] = [...new Set([value].flat().map(String))].toSorted();
    }
  }
  return rest;
}

/** Each as often as it is there more often than in the other. */
function onlyIn(statements: readonly KeyedStatement[], others: readonly KeyedStatement[]): ChangedStatement[] {
  const left = new Map<string, number>();
  for (const { key } of others) {
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  return statements.flatMap(({ key, changed }) => {
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count > 0 ? [] : [changed];
  });
}

function actionDifference(
  before: readonly KeyedStatement[],
  after: readonly KeyedStatement[],
  effect: 'Allow' | 'Deny',
): ActionDifference {
  const [earlier, later] = [actionsOf(before, effect), actionsOf(after, effect)];
  return {
    gained: [...later.difference(earlier)].toSorted(),
    lost: [...earlier.difference(later)].toSorted(),
  };
}

/** Those that have an effect: a token cannot be asked for a repository. */
function actionsOf(statements: readonly KeyedStatement[], wanted: 'Allow' | 'Deny'): Set<string> {
  return new Set(
    statements
      .filter(({ changed }) => changed.effect === wanted)
      .flatMap(({ changed }) => changed.actions.filter((action) => !changed.withoutEffect.includes(action))),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
