import { type BitSet, has, members, wordsOf } from '../bit-set.ts';
import { NO_ACCOUNT } from '../evaluate/target.ts';
import type { Applications } from './applications.ts';
import type { CallerView } from './caller-view.ts';
import { documentsByCaller, outsideView } from './concerning-documents.ts';
import type { Contribution, ContributionCatalogue } from './contribution.ts';
import type { Interner } from './interner.ts';
import { keyedReads } from './keyed-documents.ts';
import type { Likeness } from './likeness.ts';
import { type Block, refineAll } from './partition.ts';
import { remember } from './remember.ts';
import type { ResourceDocuments } from './resource-documents.ts';
import { createReadsByLikeness, type ReadDocument, type TargetRead } from './target-reads.ts';
import type { World } from './world.ts';

/** Numbers for lists of contributions, and which one each target has. */
export interface TargetLabels {
  of(likeness: Likeness, special: readonly TargetRead[]): Int32Array;
}

interface LabelsInput {
  readonly world: World;
  readonly applications: Applications;
  readonly contributions: ContributionCatalogue;
  readonly lists: Interner<readonly number[]>;
  readonly documents: ResourceDocuments;
  readonly read: ReadDocument;
}

export function createTargetLabels({
  world,
  applications,
  contributions: catalogue,
  lists,
  documents,
  read,
}: LabelsInput): TargetLabels {
  const labelOf = (contributions: readonly number[]): number =>
    lists.numberOf(contributions.join(','), () => contributions);
  const nothing = labelOf([]);
  const blocks: (readonly Block[])[] = [];
  const blocksIn = ({ number, document: { scope }, lists: found }: TargetRead): readonly Block[] =>
    (blocks[number] ??= refineAll(
      [{ set: scope, words: wordsOf(scope), contributions: [] }],
      found.flatMap((list) => list.entries),
    ));
  const put = (labels: Int32Array, each: TargetRead, own: BitSet): void => {
    if (each.lists.every(({ entries }) => entries.length === 0)) {
      return;
    }
    for (const { set, contributions } of blocksIn(each)) {
      const telling = contributions.filter((number) => !isDelegation(catalogue.valueOf(number)));
      for (const index of members(set)) {
        const added = has(own, index) ? telling : contributions;
        if (added.length > 0) {
          labels[index] = labelOf([...lists.valueOf(labels[index] ?? nothing), ...added]);
        }
      }
    }
  };
  const putInstead = (labels: Int32Array, each: TargetRead, own: BitSet): void => {
    for (const index of members(each.document.scope)) {
      labels[index] = nothing;
    }
    put(labels, each, own);
  };
  // Those that are keyed are special for everybody whom they concern.
  const repositories = documentsByCaller(documents.repository.filter(({ isKeyed }) => !isKeyed));
  const sharedRepositories = keyedReads(repositories.shared, read);
  const sharedLabels = new Map<readonly TargetRead[], Int32Array>();
  const labelsOfShared = (view: CallerView): Int32Array => {
    const reads = sharedRepositories(outsideView(view));
    const known = sharedLabels.get(reads);
    if (known !== undefined) {
      return known;
    }
    const labels = new Int32Array(world.targets.length).fill(nothing);
    reads.forEach((each) => put(labels, each, world.none));
    sharedLabels.set(reads, labels);
    return labels;
  };
  const ofLikeness = remember(({ view, own }: Likeness & { readonly own: BitSet }) => {
    const labels =
      view.likeness === null ? new Int32Array(world.targets.length).fill(nothing) : labelsOfShared(view).slice();
    for (const document of repositories.ownOf(view)) {
      putInstead(labels, read(document, view), own);
    }
    return labels;
  });
  const registriesOf = createReadsByLikeness(
    documents.registry.filter(({ isKeyed }) => !isKeyed),
    applications,
    read,
  );
  return {
    of(likeness, special) {
      const { caller } = likeness.view;
      const own = caller.side === 'everything' ? world.none : world.ofAccount(caller.request.accountId ?? NO_ACCOUNT);
      const labels = ofLikeness(likeness.key, { ...likeness, own }).slice();
      const [ofRepositories, ofRegistries] = [special.filter(isOfRepository), special.filter(isOfRegistry)];
      ofRepositories.forEach((each) => putInstead(labels, each, own));
      // The statements of the registry come after those of the repository. Registries have one policy each at most.
      const replaced = new Set(ofRegistries.map(({ document }) => document));
      const others = registriesOf(likeness)(likeness.view).filter(({ document }) => !replaced.has(document));
      [...ofRegistries, ...others].forEach((each) => put(labels, each, own));
      return labels;
    },
  };
}

function isOfRepository({ document }: TargetRead): boolean {
  return document.source.policyType === 'repository';
}

function isOfRegistry({ document }: TargetRead): boolean {
  return document.source.policyType === 'registry';
}

/**
 * An Allow that names the caller's own account delegates to its identity policies and decides nothing, so repositories
 * that differ in nothing else are one block. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
 */
function isDelegation({ effect, form, isBroken, asksRoleTags, doubts }: Contribution): boolean {
  return effect === 'Allow' && form === 'account' && !isBroken && !asksRoleTags && doubts.length === 0;
}
