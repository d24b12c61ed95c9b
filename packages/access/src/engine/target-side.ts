import { add, addAll, type BitSet, has, members, type WordRange, wordsOf } from '../bit-set.ts';
import { NO_ACCOUNT } from '../evaluate/target.ts';
import type { ActionColumn } from './action-columns.ts';
import type { ApplicationList, Applications } from './applications.ts';
import type { CallerView } from './caller-view.ts';
import { concerningDocuments, isAlikeForAll } from './concerning-documents.ts';
import { type Contribution, type ContributionCatalogue, RESOURCE } from './contribution.ts';
import type { TargetFacts } from './facts.ts';
import { createInterner, type Interner } from './interner.ts';
import { keyedReads } from './keyed-documents.ts';
import { type Block, refineAll } from './partition.ts';
import { remember } from './remember.ts';
import { type ResourceDocument, type ResourceDocuments, resourceDocuments } from './resource-documents.ts';
import type { TargetPart } from './questions.ts';
import { createSequences, step, walk } from './sequences.ts';
import type { Scratch } from './set-catalogue.ts';
import type { SourceCatalogue } from './source-catalogue.ts';
import { type RcpPlan, rcpKind, rcpPlan, targetFacts } from './target-facts.ts';
import { createTargetParts, type TargetParts } from './target-parts.ts';
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
  const keyed = [...documents.repository, ...documents.registry].filter(({ isKeyed }) => isKeyed);
  const lists = createInterner<readonly number[]>();
  const parts = createTargetParts({ ...context, lists });
  const labels = createLabels(context, lists, documents);
  const read = (document: ResourceDocument, view: CallerView): Read => labels.read(document, view);
  const alike = keyed.filter(isAlikeForAll);
  const alikeReads = keyedReads(alike, read);
  const keyedConcerning = concerningDocuments(keyed.filter((document) => !alike.includes(document)));
  const keyedOf = remember(({ view }: Likeness) => {
    const concerns = ({ source }: ResourceDocument): boolean =>
      source.statements.some((each) => applications.concerns(each, view));
    const own = keyedReads(keyedConcerning(view).filter(concerns), read);
    // Who is known by more than its ARN may be named by documents that are alike for all others.
    const shared = view.likeness === null ? keyedReads(alike.filter(concerns), read) : alikeReads;
    return (caller: CallerView) => [...shared(caller), ...own(caller)];
  });
  const planOf = remember((view: CallerView) => rcpPlan(world, view.caller, sources));
  const factNumbersOf = remember((plan: RcpPlan) => targetFacts(world, { plan, unread: documents.unread, facts }));
  const rootOf = remember(() => createSequences<TargetSide>());
  let count = 0;
  return {
    of(view) {
      const likeness = likenessOf(view);
      const named = namingDocuments(view, documents);
      const special = named.map((document) => labels.read(document, view));
      const kind = rcpKind(view.caller);
      for (const each of keyedOf(likeness.key, likeness)(likeness.view)) {
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

/** A caller without its names: whoever is like it is told apart only by documents that name one of them. */
interface Likeness {
  readonly key: string;
  readonly view: CallerView;
}

function likenessOf(view: CallerView): Likeness {
  const { request, side } = view.caller;
  // A session whose role was not read is known to resource policies by more than its ARN.
  if (request.kind === 'role' && request.arn === request.sessionArn) {
    return { key: JSON.stringify(request), view };
  }
  const nameless = { ...request, arn: '', sessionArn: null, uniqueId: null };
  const key = JSON.stringify([nameless, side]);
  return { key, view: { ...view, principal: nameless, likeness: key } };
}

function namingDocuments(view: CallerView, { naming }: ResourceDocuments): ResourceDocument[] {
  const { arn, sessionArn, uniqueId, federatedProvider } = view.caller.request;
  const names = [arn, sessionArn, uniqueId, federatedProvider].filter((name) => name !== null);
  return [...new Set(names.flatMap((name) => naming.get(name) ?? []))];
}

/** A document with what each of its statements comes to for a caller. */
interface Read {
  /** The same for the same document with the same lists. */
  readonly number: number;
  readonly document: ResourceDocument;
  readonly lists: readonly ApplicationList[];
}

/** Numbers for lists of contributions, and which one each target has. */
interface Labels {
  read(document: ResourceDocument, view: CallerView): Read;
  of(likeness: Likeness, special: readonly Read[]): Int32Array;
}

function createLabels(
  { world, applications, contributions: catalogue }: Context,
  lists: Interner<readonly number[]>,
  documents: ResourceDocuments,
): Labels {
  const labelOf = (contributions: readonly number[]): number =>
    lists.numberOf(contributions.join(','), () => contributions);
  const nothing = labelOf([]);
  const numbers = new Map([...documents.repository, ...documents.registry].map((each, index) => [each, index]));
  const reads = createSequences<Read>();
  const blocks: (readonly Block[])[] = [];
  const read: Labels['read'] = (document, view) => {
    const { source, columns, scope } = document;
    const found = source.statements.map((statement) =>
      applications.of({ gate: RESOURCE, source, statement, columns, scope }, view),
    );
    let node = step(reads, numbers.get(document) ?? -1);
    for (const { number } of found) {
      node = step(node, number);
    }
    if (node.value === null) {
      node.value = { number: blocks.length, document, lists: found };
      const entries = found.flatMap((list) => list.entries);
      blocks.push(refineAll([{ set: scope, words: wordsOf(scope), contributions: [] }], entries));
    }
    return node.value;
  };
  const put = (labels: Int32Array, each: Read, { caller }: CallerView): void => {
    const own = caller.side === 'everything' ? world.none : world.ofAccount(caller.request.accountId ?? NO_ACCOUNT);
    for (const { set, contributions } of blocks[each.number] ?? []) {
      const telling = contributions.filter((number) => !isDelegation(catalogue.valueOf(number)));
      for (const index of members(set)) {
        const added = has(own, index) ? telling : contributions;
        if (added.length > 0) {
          labels[index] = labelOf([...lists.valueOf(labels[index] ?? nothing), ...added]);
        }
      }
    }
  };
  const repositoryConcerning = concerningDocuments(documents.repository.filter(({ isKeyed }) => !isKeyed));
  // Those that are keyed are special for everybody whom they concern.
  const registryConcerning = concerningDocuments(documents.registry.filter(({ isKeyed }) => !isKeyed));
  const ofLikeness = remember(({ view }: Likeness) => {
    const labels = new Int32Array(world.targets.length).fill(nothing);
    for (const document of repositoryConcerning(view)) {
      put(labels, read(document, view), view);
    }
    return labels;
  });
  const readRegistries = remember(({ view }: Likeness) =>
    registryConcerning(view).map((document) => read(document, view)),
  );
  return {
    read,
    of(likeness, special) {
      const labels = ofLikeness(likeness.key, likeness).slice();
      const [ofRepositories, ofRegistries] = [special.filter(isOfRepository), special.filter(isOfRegistry)];
      for (const each of ofRepositories) {
        for (const index of members(each.document.scope)) {
          labels[index] = nothing;
        }
        put(labels, each, likeness.view);
      }
      // The statements of the registry come after those of the repository. Registries have one policy each at most.
      const replaced = new Set(ofRegistries.map(({ document }) => document));
      const others = readRegistries(likeness.key, likeness).filter(({ document }) => !replaced.has(document));
      for (const each of [...ofRegistries, ...others]) {
        put(labels, each, likeness.view);
      }
      return labels;
    },
  };
}

function isOfRepository({ document }: Read): boolean {
  return document.source.policyType === 'repository';
}

function isOfRegistry({ document }: Read): boolean {
  return document.source.policyType === 'registry';
}

/**
 * An Allow that names the caller's own account delegates to its identity policies and decides nothing, so repositories
 * that differ in nothing else are one block. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
 */
function isDelegation({ effect, form, isBroken, asksRoleTags, doubts }: Contribution): boolean {
  return effect === 'Allow' && form === 'account' && !isBroken && !asksRoleTags && doubts.length === 0;
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
