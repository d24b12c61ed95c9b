import type { Template } from '@ecr-audit/policy';

/** Finds the few texts that a pattern can match at all, so that not each of them has to be compared. */
export interface Candidates {
  /** Indices of the texts, each once. */
  of(template: Template): readonly number[];
}

/** An ARN has five colons, and ECR's have no other. */
const COLONS = 5;

/**
 * Looks texts up by what a pattern begins with, or by what follows its fifth colon.
 *
 * Where pattern and text both have five colons, a star cannot run over one: each colon of the text is taken by one of
 * the pattern. So `arn:aws:ecr:*:*:repository/team-1/*` needs a look at the repositories of `team-1` alone.
 */
export function createCandidates(texts: readonly string[]): Candidates {
  const whole = sortedIndex(texts);
  const tails = texts.map((text) => tailOf(text) ?? '');
  const areArns = texts.every((text) => tailOf(text) !== null);
  const byTail = sortedIndex(tails);
  return {
    of(template) {
      const found = whole.startingWith(leadingText(template));
      const tail = areArns ? tailHead(template) : '';
      const others = tail === '' ? found : byTail.startingWith(tail);
      const { order, from, to } = others.to - others.from < found.to - found.from ? others : found;
      return order.slice(from, to);
    },
  };
}

/** What follows the fifth colon of a text; null where it has another number of them. */
export function tailOf(text: string): string | null {
  const parts = text.split(':');
  return parts.length === COLONS + 1 ? (parts.at(-1) ?? '') : null;
}

/** The literal text that a pattern begins with. */
export function leadingText(template: Template): string {
  let text = '';
  for (const token of template) {
    if (token.kind !== 'text') {
      break;
    }
    text += token.text;
  }
  return text;
}

/** The literal text right after the fifth colon of a pattern; empty where it has another number of them. */
export function tailHead(template: Template): string {
  // An open variable may stand for colons too.
  if (template.some(({ kind }) => kind === 'variable')) {
    return '';
  }
  let seen = 0;
  let head = '';
  let isOver = false;
  for (const token of template) {
    if (token.kind !== 'text') {
      isOver ||= seen === COLONS;
      continue;
    }
    const parts = token.text.split(':');
    seen += parts.length - 1;
    if (seen === COLONS && !isOver) {
      head += parts.at(-1) ?? '';
    }
  }
  return seen === COLONS ? head : '';
}

/** A stretch of an order of indices. */
interface Stretch {
  readonly order: readonly number[];
  readonly from: number;
  readonly to: number;
}

function sortedIndex(texts: readonly string[]): { startingWith(head: string): Stretch } {
  const order = texts.map((_, index) => index).toSorted((a, b) => compare(texts[a] ?? '', texts[b] ?? ''));
  const firstWhere = (isThere: (text: string) => boolean): number => {
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isThere(texts[order[middle] ?? 0] ?? '')) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  };
  return {
    startingWith: (head) => ({
      order,
      from: firstWhere((text) => text >= head),
      to: firstWhere((text) => text >= head && !text.startsWith(head)),
    }),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
