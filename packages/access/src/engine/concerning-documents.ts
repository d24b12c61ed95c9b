import type { CallerView } from './caller-view.ts';
import type { EngineStatement } from './engine-statement.ts';
import type { ResourceDocument } from './resource-documents.ts';

/** Finds the policies of resources that may say anything to callers of one likeness, whatever their names. */
export type ConcerningDocuments = (view: CallerView) => readonly ResourceDocument[];

/**
 * By the accounts that they name. Most policies name their own account or a few others, so that without this every
 * account would read the policies of every other: with 500 accounts most of the time.
 *
 * Documents that name a caller itself are found by its name; a caller that is known by more than its ARN gets all.
 */
export function concerningDocuments(documents: readonly ResourceDocument[]): ConcerningDocuments {
  const anyone: number[] = [];
  const byAccount = new Map<string, number[]>();
  for (const [index, { source }] of documents.entries()) {
    const accounts = source.statements.map(accountsNamed);
    if (accounts.includes('any')) {
      anyone.push(index);
      continue;
    }
    for (const account of new Set(accounts.flatMap((named) => (named === 'any' ? [] : named)))) {
      const own = byAccount.get(account) ?? [];
      byAccount.set(account, own);
      own.push(index);
    }
  }
  return (view) => {
    if (view.likeness === null) {
      return documents;
    }
    const named = byAccount.get(view.principal.accountId ?? '') ?? [];
    return [...anyone, ...named].toSorted((a, b) => a - b).flatMap((index) => documents[index] ?? []);
  };
}

/** Accounts that a statement names as a whole; `any` where it may be about callers of every account. */
function accountsNamed({ statement, asksTagsInResource }: EngineStatement): readonly string[] | 'any' {
  const { principal } = statement;
  if (asksTagsInResource || principal === null || principal.kind === 'unreadable' || principal.value.isNegated) {
    return 'any';
  }
  const { entries } = principal.value;
  return entries.some(({ kind }) => kind === 'everyone')
    ? 'any'
    : entries.flatMap((entry) => (entry.kind === 'account' ? [entry.accountId] : []));
}

/**
 * Whether a document speaks of every caller in one way, save those whom it names: none of its statements tells accounts
 * or kinds apart by its Principal. Then callers of all likenesses share what it comes to.
 */
export function isAlikeForAll({ source }: ResourceDocument): boolean {
  return source.statements.every(({ statement: { principal } }) => {
    if (principal === null || principal.kind === 'unreadable' || principal.value.isNegated) {
      return false;
    }
    const { entries } = principal.value;
    return (
      entries.some(({ kind }) => kind === 'everyone') ||
      entries.every(({ kind }) => kind === 'arn' || kind === 'uniqueId' || kind === 'service')
    );
  });
}
