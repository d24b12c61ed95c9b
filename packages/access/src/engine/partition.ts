import { andNot, andWithin, type BitSet, intersectsWithin, isSubsetWithin, type WordRange } from '../bit-set.ts';
import type { Application } from './applications.ts';

/** Targets to which the same contributions apply, in the order in which they were added. */
export interface Block {
  readonly set: BitSet;
  /** The words of the set in which it may have members. */
  readonly words: WordRange;
  readonly contributions: readonly number[];
}

/**
 * Splits blocks so that each application covers each of them wholly or not at all.
 *
 * `all` is the set of everything, known by being that object: most statements are about every resource.
 */
export function refineAll(
  start: readonly Block[],
  applications: Iterable<Application>,
  all: BitSet | null = null,
): readonly Block[] {
  let blocks = start;
  for (const application of applications) {
    blocks =
      application.set === all
        ? blocks.map(({ set, words, contributions }) => ({
            set,
            words,
            contributions: [...contributions, application.contribution],
          }))
        : refine(blocks, application);
  }
  return blocks;
}

function refine(blocks: readonly Block[], { set, words, contribution }: Application): readonly Block[] {
  const refined: Block[] = [];
  for (const block of blocks) {
    const common = { from: Math.max(block.words.from, words.from), to: Math.min(block.words.to, words.to) };
    if (!intersectsWithin(block.set, set, common)) {
      refined.push(block);
      continue;
    }
    const contributions = [...block.contributions, contribution];
    if (isSubsetWithin(block.set, set, block.words)) {
      refined.push({ set: block.set, words: block.words, contributions });
    } else {
      refined.push(
        { set: andWithin(block.set, set, common), words: common, contributions },
        { set: andNot(block.set, set), words: block.words, contributions: block.contributions },
      );
    }
  }
  return refined;
}
