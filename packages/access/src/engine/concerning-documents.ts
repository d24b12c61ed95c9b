import type { CallerView } from './caller-view.ts';
import type { EngineStatement } from './engine-statement.ts';
import type { ResourceDocument } from './resource-documents.ts';

/** The policies of resources, by the callers to whom they may say something. */
export interface DocumentsByCaller {
  /** Those that speak of everyone, in one way to all whose account they do not name: read as by `outsideView`. */
  readonly shared: readonly ResourceDocument[];
  /** All others that may say anything to callers of one likeness, whatever their names. For them they replace shared ones. */
  ownOf(view: CallerView): readonly ResourceDocument[];
}

/**
 * Most policies name their own account or a few others, or speak of a whole organization in one way. Without this every
 * account would read the policies of every other: with 500 accounts most of the time.
 *
 * Documents that name a caller itself are found by its name; a caller that is known by more than its ARN gets all.
 */
export function documentsByCaller(documents: readonly ResourceDocument[]): DocumentsByCaller {
  const shared: ResourceDocument[] = [];
  const special: number[] = [];
  const byAccount = new Map<string, number[]>();
  for (const [index, document] of documents.entries()) {
    const { statements } = document.source;
    if (!statements.every(isPlain)) {
      special.push(index);
      continue;
    }
    if (statements.some(isForAnyone)) {
      shared.push(document);
    }
    for (const account of new Set(statements.flatMap(accountsNamed))) {
      const own = byAccount.get(account) ?? [];
      byAccount.set(account, own);
      own.push(index);
    }
  }
  return {
    shared,
    ownOf(view) {
      if (view.likeness === null) {
        return documents;
      }
      const named = byAccount.get(view.principal.accountId ?? '') ?? [];
      return [...special, ...named].toSorted((a, b) => a - b).flatMap((index) => documents[index] ?? []);
    },
  };
}

/** The caller as policies see it that name neither itself nor its account. */
export function outsideView(view: CallerView): CallerView {
  const { request } = view.caller;
  const nobody = { ...request, accountId: null, arn: '', sessionArn: null, uniqueId: null, federatedProvider: null };
  return { ...view, principal: nobody, likeness: `outside ${request.kind}` };
}

/** Whether all whom a statement does not name are the same to its Principal. */
export function isPlain({ statement: { principal } }: EngineStatement): boolean {
  return principal?.kind === 'readable' && !principal.value.isNegated;
}

/** Whether it may say anything to a caller that it does not name. */
function isForAnyone({ statement: { principal }, asksTagsInResource }: EngineStatement): boolean {
  return (
    asksTagsInResource ||
    (principal?.kind === 'readable' && principal.value.entries.some(({ kind }) => kind === 'everyone'))
  );
}

/** The accounts that a statement names as a whole. */
function accountsNamed({ statement: { principal } }: EngineStatement): readonly string[] {
  return principal?.kind === 'readable'
    ? principal.value.entries.flatMap((entry) => (entry.kind === 'account' ? [entry.accountId] : []))
    : [];
}
