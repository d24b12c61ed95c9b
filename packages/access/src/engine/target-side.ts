import { add, addAll, type BitSet, has, type WordRange } from '../bit-set.ts';
import { NO_ACCOUNT } from '../evaluate/target.ts';
import type { ActionColumn } from './action-columns.ts';
import type { Applications } from './applications.ts';
import type { CallerView } from './caller-view.ts';
import type { ContributionCatalogue } from './contribution.ts';
import { createDocumentReads } from './document-reads.ts';
import type { TargetFacts } from './facts.ts';
import { createInterner, type Interner } from './interner.ts';
import { likenessOf } from './likeness.ts';
import type { TargetPart } from './questions.ts';
import { remember } from './remember.ts';
import { type ResourceDocument, type ResourceDocuments, resourceDocuments } from './resource-documents.ts';
import { createSequences, walk } from './sequences.ts';
import type { Scratch } from './set-catalogue.ts';
import type { SourceCatalogue } from './source-catalogue.ts';
import { type RcpPlan, rcpKind, rcpPlan, targetFacts } from './target-facts.ts';
import { createTargetLabels } from './target-labels.ts';
import { createTargetParts, type TargetParts } from './target-parts.ts';
import { createReadsByLikeness, placedStatements } from './target-reads.ts';
import type { World } from './world.ts';

/** Targets that a caller sees alike: the same facts, and the same statements of their own policies. */
interface TargetBlock {
  readonly set: BitSet;
  /** The words of the set in which it has members: most sets are one repository. */
  readonly words: WordRange;
  readonly part: TargetPart;
}

/** The targets as one caller sees them. Callers who see them alike share one. */
export interface TargetSide {
  readonly number: number;
  readonly blocks: readonly TargetBlock[];
  /** The targets of all blocks. */
  readonly scope: BitSet;
  readonly rcps: RcpPlan;
}

export interface TargetSides {
  of(view: CallerView): TargetSide;
}

interface Context {
  readonly world: World;
  readonly columns: readonly ActionColumn[];
  readonly sources: SourceCatalogue;
  readonly applications: Applications;
  readonly contributions: ContributionCatalogue;
  readonly facts: Interner<readonly TargetFacts[]>;
  readonly scratch: Scratch;
  /** Whether targets are left out in which nothing can be allowed. */
  readonly onlyReachable: boolean;
  /** Whether a caller asks about targets of its own account alone. */
  readonly ownAccountOnly: boolean;
}

export function createTargetSides(context: Context): TargetSides {
  const { world, columns, sources, facts, applications } = context;
  const documents = resourceDocuments(world, columns, sources);
  const lists = createInterner<readonly number[]>();
  const parts = createTargetParts({ ...context, lists });
  const read = createDocumentReads([...documents.repository, ...documents.registry], applications, placedStatements);
  const labels = createTargetLabels({ ...context, lists, documents, read });
  const keyed = [...documents.repository, ...documents.registry].filter(({ isKeyed }) => isKeyed);
  const readsOf = createReadsByLikeness(keyed, applications, read);
  const planOf = remember((view: CallerView) => rcpPlan(world, view.caller, sources));
  const factNumbersOf = remember((plan: RcpPlan) => targetFacts(world, { plan, unread: documents.unread, facts }));
  const rootOf = remember(() => createSequences<TargetSide>());
  let count = 0;
  return {
    of(view) {
      const likeness = likenessOf(view);
      const named = namingDocuments(view, documents);
      const special = named.map((document) => read(document, view));
      const kind = rcpKind(view.caller);
      for (const each of readsOf(likeness)(likeness.view)) {
        if (!named.includes(each.document)) {
          special.push(each);
        }
      }
      const node = walk(
        rootOf(`${kind}|${likeness.key}`, undefined),
        special.map(({ number }) => number),
      );
      if (node.value === null) {
        const rcps = planOf(kind, view);
        const blocks = blocksOf(
          { ...context, lists, parts },
          {
            labels: labels.of(likeness, special),
            factNumbers: factNumbersOf(kind, rcps),
            accountId: view.caller.request.accountId ?? NO_ACCOUNT,
          },
        );
        node.value = { number: count, rcps, blocks, scope: unionOf(blocks, world.none) };
        count += 1;
      }
      return node.value;
    },
  };
}

function namingDocuments(view: CallerView, { naming }: ResourceDocuments): ResourceDocument[] {
  const { arn, sessionArn, uniqueId, federatedProvider } = view.caller.request;
  const names = [arn, sessionArn, uniqueId, federatedProvider].filter((name) => name !== null);
  return [...new Set(names.flatMap((name) => naming.get(name) ?? []))];
}

/** A block whose last word is not known yet. */
interface Building extends TargetBlock {
  readonly words: { readonly from: number; to: number };
}

interface BlocksInput {
  readonly labels: Int32Array;
  readonly factNumbers: readonly number[];
  readonly accountId: string;
}

function blocksOf(
  context: Context & { readonly lists: Interner<readonly number[]>; readonly parts: TargetParts },
  { labels, factNumbers, accountId }: BlocksInput,
): TargetBlock[] {
  const { world, facts, lists, onlyReachable, ownAccountOnly, parts, scratch } = context;
  const own = world.ofAccount(accountId);
  const nothing = onlyReachable ? lists.numberOf('', () => []) : -1;
  const isRead = new Map<number, boolean>();
  const isReadWhole = (number: number): boolean => {
    const known =
      isRead.get(number) ?? facts.valueOf(number).every(({ resourceUnread }) => resourceUnread.length === 0);
    isRead.set(number, known);
    return known;
  };
  const blocks = new Map<number, Building>();
  for (let index = 0; index < factNumbers.length; index += 1) {
    const targetList = labels[index] ?? nothing;
    const factsNumber = factNumbers[index] ?? 0;
    const isSameAccount = has(own, index);
    if (!isSameAccount && (ownAccountOnly || (targetList === nothing && isReadWhole(factsNumber)))) {
      continue;
    }
    const key = (targetList * facts.size() + factsNumber) * 2 + (isSameAccount ? 1 : 0);
    let block = blocks.get(key);
    if (block === undefined) {
      block = {
        set: scratch.take(),
        words: { from: index >>> 5, to: 0 },
        part: parts.of({ facts: factsNumber, list: targetList, isSameAccount }),
      };
      blocks.set(key, block);
    }
    add(block.set, index);
    block.words.to = (index >>> 5) + 1;
  }
  return [...blocks.values()].flatMap((block) => {
    const set = scratch.keep(block.set);
    const { isSameAccount, possible } = block.part;
    return !onlyReachable || isSameAccount || possible.granted.some((mask) => mask !== 0) ? [{ ...block, set }] : [];
  });
}

function unionOf(blocks: readonly TargetBlock[], none: BitSet): BitSet {
  const union = none.slice();
  for (const { set } of blocks) {
    addAll(union, set);
  }
  return union;
}
