import {
  mightConcern,
  type PolicyDocument,
  type PrincipalEntry,
  type Readable,
  type Statement,
} from '@ecr-audit/policy';
import { reachOf } from '../carriers/ecr-reach.ts';
import { ECR_ACTIONS } from '../ecr/actions.ts';
import { isBroken } from '../evaluate/broken-statement.ts';

/** A Deny of something of ECR. */
export interface EcrDeny {
  readonly policy: string;
  readonly statement: Statement;
  readonly actions: readonly string[];
}

/** The Denies of a document that are about ECR. Null where a part of it cannot be read: it may hold any. */
export function ecrDenies(policy: string, document: Readable<PolicyDocument>): EcrDeny[] | null {
  if (document.kind === 'unreadable' || document.value.statements.some(isBroken)) {
    return null;
  }
  return document.value.statements.flatMap((statement): EcrDeny[] => {
    const reach = reachOf(statement);
    const isDeny = statement.effect.kind === 'readable' && statement.effect.value === 'Deny';
    const actions = isDeny
      ? ECR_ACTIONS.filter(({ name, resourceType }) => reach[resourceType] && mightConcern(statement, name))
      : [];
    return actions.length === 0 ? [] : [{ policy, statement, actions: actions.map(({ name }) => name) }];
  });
}

/**
 * The Denies that nothing of what is there now still says. One that now denies more, or says the same in another form or another
 * place, is not lost. `isGone` tells of an ARN that nobody has: whom it left out or bound is not there either.
 */
export function lostDenies(
  before: readonly EcrDeny[],
  now: readonly EcrDeny[],
  isGone: (arn: string) => boolean = () => false,
): EcrDeny[] {
  return before.filter((old) => !now.some((candidate) => covers(candidate, old, isGone)));
}

function covers(now: EcrDeny, old: EcrDeny, isGone: (arn: string) => boolean): boolean {
  return (
    old.actions.every((action) => now.actions.includes(action)) &&
    coversResources(now.statement, old.statement) &&
    coversPrincipals(now.statement, old.statement, isGone) &&
    // A Deny without conditions denies whatever one with any does.
    now.statement.conditions.every((condition) =>
      old.statement.conditions.some((each) => textOf(each) === textOf(condition)),
    )
  );
}

function coversResources({ resource: now }: Statement, { resource: old }: Statement): boolean {
  if (now === null || old === null || now.kind !== 'readable' || old.kind !== 'readable') {
    return now === old;
  }
  const texts = now.value.patterns.map(({ text }) => text);
  if (now.value.isNegated !== old.value.isNegated) {
    return !now.value.isNegated && texts.includes('*');
  }
  const earlier = old.value.patterns.map(({ text }) => text);
  return now.value.isNegated
    ? texts.every((text) => earlier.includes(text))
    : texts.includes('*') || earlier.every((text) => texts.includes(text));
}

function coversPrincipals(
  { principal: now }: Statement,
  { principal: old }: Statement,
  isGone: (arn: string) => boolean,
): boolean {
  if (now === null || old === null || now.kind !== 'readable' || old.kind !== 'readable') {
    return now === old;
  }
  const [later, earlier] = [now.value, old.value].map(({ entries }) =>
    entries.filter((entry) => entry.kind !== 'uniqueId' && !(entry.kind === 'arn' && isGone(entry.arn))).map(entryText),
  );
  if (later === undefined || earlier === undefined || now.value.isNegated !== old.value.isNegated) {
    return !now.value.isNegated && (later ?? []).includes('everyone');
  }
  return now.value.isNegated
    ? later.every((text) => earlier.includes(text))
    : later.includes('everyone') || earlier.every((text) => later.includes(text));
}

/** AWS writes an account's id as the ARN of its root. */
function entryText(entry: PrincipalEntry): string {
  return entry.kind === 'everyone' ? 'everyone' : entry.kind === 'account' ? entry.accountId : textOf(entry);
}

/** The same text for the same value, whatever the order of its lists. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(textOf).toSorted().join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, each]) => `${key}:${textOf(each)}`)
      .toSorted()
      .join(',')}}`;
  }
  return JSON.stringify(value) ?? 'undefined';
}
