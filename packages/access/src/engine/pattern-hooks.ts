import type { Template } from '@ecr-audit/policy';
import { leadingText, tailHead, tailOf } from './candidates.ts';

/** Finds the few items that a text concerns, among those that wait for texts which match a pattern. */
export interface PatternHooks<Item> {
  /** Every item with a pattern that may match the text, and some others; each once, in the order in which they were given. */
  mayConcern(text: string): readonly Item[];
}

interface Hooked<Item> {
  readonly item: Item;
  /** Null for an item that any text may concern. */
  readonly patterns: readonly Template[] | null;
}

/**
 * Hangs each item at the literal text that its patterns begin with, or that follows their fifth colon.
 *
 * Instead of comparing each text with every pattern: ten thousand principals and some hundred patterns of
 * `aws:PrincipalArn` were a tenth of the time.
 */
export function createPatternHooks<Item>(items: readonly Hooked<Item>[]): PatternHooks<Item> {
  const always: number[] = [];
  const byHead = createHeadIndex();
  const byTail = createHeadIndex();
  for (const [index, { patterns }] of items.entries()) {
    if (patterns === null) {
      always.push(index);
      continue;
    }
    for (const template of patterns) {
      const head = leadingText(template);
      const tail = tailHead(template);
      if (tail !== '' && tailOf(head) === null) {
        byTail.add(tail, index);
      } else {
        byHead.add(head, index);
      }
    }
  }
  return {
    mayConcern(text) {
      const tail = tailOf(text);
      if (tail === null) {
        return items.map(({ item }) => item);
      }
      const found = new Set([...always, ...byHead.headsOf(text), ...byTail.headsOf(tail)]);
      return [...found].toSorted((a, b) => a - b).flatMap((index) => items[index]?.item ?? []);
    },
  };
}

interface HeadIndex {
  add(head: string, index: number): void;
  /** What was added under any head of the text. */
  headsOf(text: string): readonly number[];
}

/** One look-up for each length that a head has. */
function createHeadIndex(): HeadIndex {
  const byLength = new Map<number, Map<string, number[]>>();
  return {
    add(head, index) {
      const heads = byLength.get(head.length) ?? new Map<string, number[]>();
      byLength.set(head.length, heads);
      heads.set(head, [...(heads.get(head) ?? []), index]);
    },
    headsOf: (text) =>
      [...byLength].flatMap(([length, heads]) =>
        length > text.length ? [] : (heads.get(text.slice(0, length)) ?? []),
      ),
  };
}
