import { intersectsWithin, wordsOf } from '../bit-set.ts';
import type { Applications } from './applications.ts';
import type { CallerView } from './caller-view.ts';
import { isPlain, outsideView } from './concerning-documents.ts';
import { EVERY_COLUMN, RCP } from './contribution.ts';
import { createDocumentReads, type DocumentRead } from './document-reads.ts';
import type { EngineStatement } from './engine-statement.ts';
import { type KeyedReads, keyedReads } from './keyed-documents.ts';
import type { RcpPlan } from './target-facts.ts';
import type { TargetSide } from './target-side.ts';

type RcpDocument = RcpPlan['documents'][number];
type RcpRead = DocumentRead<RcpDocument>;

/** What the RCPs over the targets of a side come to for a caller, from the root down. */
type RcpReads = (side: TargetSide, view: CallerView) => readonly RcpRead[];

/**
 * Only those over a target that the side reaches, and once for all callers of whom the same is known: RCPs are about
 * everyone. With one on every account, each caller would else meet as many as there are accounts.
 */
export function createRcpReads(applications: Applications, isHere: (statement: EngineStatement) => boolean): RcpReads {
  const byPlan = new Map<RcpPlan, (side: TargetSide) => KeyedReads<RcpRead>>();
  const planReads = (plan: RcpPlan): ((side: TargetSide) => KeyedReads<RcpRead>) => {
    const documents = plan.documents.map((document) => ({ document, words: wordsOf(document.scope) }));
    const read = createDocumentReads(plan.documents, applications, ({ source, scope }) =>
      source.statements
        .filter(isHere)
        .map((statement) => ({ gate: RCP, source, statement, columns: EVERY_COLUMN, scope })),
    );
    const bySide = new Map<string, KeyedReads<RcpRead>>();
    return ({ scope }) => {
      const over = documents.flatMap(({ document, words }, index) =>
        intersectsWithin(document.scope, scope, words) ? [{ document, index }] : [],
      );
      const key = over.map(({ index }) => index).join(' ');
      const known =
        bySide.get(key) ??
        readsOf(
          over.map(({ document }) => document),
          read,
        );
      bySide.set(key, known);
      return known;
    };
  };
  const sides: KeyedReads<RcpRead>[] = [];
  return (side, view) => {
    const ofPlan = byPlan.get(side.rcps) ?? planReads(side.rcps);
    byPlan.set(side.rcps, ofPlan);
    const reads = (sides[side.number] ??= ofPlan(side));
    return reads(view);
  };
}

/** An RCP whose Principal is not everyone is a mistake in it, which tells callers apart by more than their keys. */
function readsOf(
  documents: readonly RcpDocument[],
  read: (document: RcpDocument, view: CallerView) => RcpRead,
): KeyedReads<RcpRead> {
  if (documents.every(({ source }) => source.statements.every(isForEveryone))) {
    const shared = keyedReads(documents, read);
    return (view) => shared(outsideView(view));
  }
  return (view) => documents.map((document) => read(document, view));
}

function isForEveryone(statement: EngineStatement): boolean {
  const { principal } = statement.statement;
  return (
    isPlain(statement) &&
    principal?.kind === 'readable' &&
    principal.value.entries.some(({ kind }) => kind === 'everyone')
  );
}
