import type { Condition, RequestPrincipal } from '@ecr-audit/policy';
import type { CallerView } from './caller-view.ts';
import { createPatternHooks } from './pattern-hooks.ts';
import type { EngineSource } from './source-catalogue.ts';
import { createSequences, step } from './sequences.ts';

/** What keyed documents come to for a caller, in their order. They must name all callers who share this in one way. */
export type KeyedReads<Read> = (view: CallerView) => readonly Read[];

interface Keyed {
  readonly source: EngineSource;
}

/**
 * Callers of whom the same is known share one list.
 *
 * Most documents ask for the ARNs of a few principals. All others are one to them, so what is looked up for a caller
 * are its other keys and the few documents that its ARN may concern.
 */
export function keyedReads<Document extends Keyed, Read extends { readonly number: number }>(
  documents: readonly Document[],
  read: (document: Document, view: CallerView) => Read,
): KeyedReads<Read> {
  const keyed = documents.map((document, index) => ({ index, ...keyedDocument(document, read) }));
  const hooks = createPatternHooks(keyed.map((item) => ({ item, patterns: patternsOf(item) })));
  const keys = [
    ...new Set(keyed.flatMap((each) => [...each.keys, ...each.conditions.map(keyOf)]).filter((key) => key !== ARN)),
  ];
  const known = createSequences<readonly Read[]>();
  return (view) => {
    const arn = view.textOf(ARN);
    const concerning = arn === null ? keyed : hooks.mayConcern(arn);
    let node = step(step(known, arn === null ? 0 : 1), kindNumber(view));
    for (const key of keys) {
      node = step(node, view.valueOf(key));
    }
    for (const each of concerning) {
      node = step(step(node, each.index), each.readFor(view, 'concerned').number);
    }
    if (node.value === null) {
      const concerned = new Set(concerning);
      node.value = keyed.map((each) => each.readFor(view, concerned.has(each) ? 'concerned' : 'unconcerned'));
    }
    return node.value;
  };
}

const ARN = 'aws:principalarn';

const KIND_NUMBERS: Readonly<Record<RequestPrincipal['kind'], number>> = {
  user: 0,
  role: 1,
  root: 2,
  federatedUser: 3,
  service: 4,
  outsider: 5,
};

/** Statements see of which kind a caller is, whatever keys they ask for. */
function kindNumber({ caller }: CallerView): number {
  return KIND_NUMBERS[caller.request.kind];
}

/** Operators for which all texts that match no pattern are alike, and patterns are matched with their case. */
const PATTERN_OPERATORS: ReadonlySet<string> = new Set(['StringEquals', 'StringLike', 'ArnEquals', 'ArnLike']);

interface Asked {
  /** Keys of the principal whose very values it needs, and conditions of which only the outcome matters. */
  readonly keys: readonly string[];
  readonly conditions: readonly Condition[];
}

/** The patterns of ARNs that it asks for; null where it asks in another way, so that each ARN may be a case of its own. */
function patternsOf({ keys, conditions }: Asked): Condition['values'] | null {
  const asking = conditions.filter((condition) => keyOf(condition) === ARN);
  const isByPattern = asking.every(({ operator }) => PATTERN_OPERATORS.has(operator)) && !keys.includes(ARN);
  return isByPattern ? asking.flatMap(({ values }) => values) : null;
}

function keyOf({ key }: Condition): string {
  return key.toLowerCase();
}

/** Whether the ARN of a caller may match a pattern of the document. */
type Concern = 'concerned' | 'unconcerned';

/** Those of whom the same is known share what it comes to. */
function keyedDocument<Document extends Keyed, Read>(
  document: Document,
  read: (document: Document, view: CallerView) => Read,
): Asked & { readonly readFor: (view: CallerView, concern: Concern) => Read } {
  const { statements } = document.source;
  const keys = [...new Set(statements.flatMap(({ principalKeys }) => principalKeys))];
  const byContent = new Map(
    statements.flatMap(({ principalConditions }) =>
      principalConditions.map((condition) => [JSON.stringify(condition), condition]),
    ),
  );
  const conditions = [...byContent.values()];
  // Conditions on the ARN come to the same for everyone whom they do not concern.
  const asked = { concerned: conditions, unconcerned: conditions.filter((condition) => keyOf(condition) !== ARN) };
  const known = { concerned: createSequences<Read>(), unconcerned: createSequences<Read>() };
  return {
    keys,
    conditions,
    readFor(view, concern) {
      let node = step(known[concern], kindNumber(view));
      for (const key of keys) {
        node = step(node, view.valueOf(key));
      }
      for (const condition of asked[concern]) {
        node = step(node, view.outcomeOf(condition));
      }
      node.value ??= read(document, view);
      return node.value;
    },
  };
}
