import { and, andNot, type BitSet, intersects, isSubset } from '../bit-set.ts';
import type { Application } from './applications.ts';

/** Targets to which the same contributions apply, in the order in which they were added. */
export interface Block {
  readonly set: BitSet;
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
        ? blocks.map(({ set, contributions }) => ({ set, contributions: [...contributions, application.contribution] }))
        : refine(blocks, application);
  }
  return blocks;
}

function refine(blocks: readonly Block[], { set, contribution }: Application): readonly Block[] {
  const refined: Block[] = [];
  for (const block of blocks) {
    if (!intersects(block.set, set)) {
      refined.push(block);
      continue;
    }
    const contributions = [...block.contributions, contribution];
    if (isSubset(block.set, set)) {
      refined.push({ set: block.set, contributions });
    } else {
      refined.push(
        { set: and(block.set, set), contributions },
        { set: andNot(block.set, set), contributions: block.contributions },
      );
    }
  }
  return refined;
}
