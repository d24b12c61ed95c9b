import type { Template } from './template.ts';

/** Whether something holds, in three values. */
export type Tri = 'yes' | 'no' | 'maybe';

/** A character, or one of the two wildcards, which are longer than a character. */
type Step = string;

const ANY: Step = '*any';
const ONE: Step = '*one';

/**
 * Whether `text` matches the template, `*` for any run of characters and `?` for exactly one.
 *
 * A variable that is still open can be anything, so a match through it is `maybe`.
 * Costs at most length of text times length of template; no regular expression is built from a policy.
 */
export function matchTemplate(template: Template, text: string): Tri {
  const [first, second] = template;
  // Most patterns are a literal, or one with a star at its end.
  if (first?.kind === 'text' && template.length === 1) {
    return first.text === text ? 'yes' : 'no';
  }
  if (first?.kind === 'text' && second?.kind === 'star' && template.length === 2) {
    return text.startsWith(first.text) ? 'yes' : 'no';
  }
  const hasOpen = template.some((token) => token.kind === 'variable');
  return wildcardMatch(steps(template), characters(text)) ? (hasOpen ? 'maybe' : 'yes') : 'no';
}

/**
 * Whether the template matches `prefix` followed by a text that no policy names.
 *
 * `yes` where it matches whatever follows, `no` where what follows would have to be spelled out, or the prefix differs.
 */
export function matchTemplateWithPrefix(template: Template, prefix: string): Tri {
  const pattern = steps(template);
  const hasOpen = template.some((token) => token.kind === 'variable');
  const lastFixed = pattern.findLastIndex((step) => step !== ANY);
  const lastWild = pattern.findLastIndex((step) => step === ANY || step === ONE);
  let best: Tri = 'no';
  for (const state of statesAfter(pattern, characters(prefix))) {
    if (state > lastFixed && state < pattern.length) {
      best = 'yes';
      break;
    }
    if (state <= lastWild) {
      best = 'maybe';
    }
  }
  return best === 'yes' && hasOpen ? 'maybe' : best;
}

/** Templates live as long as their document, so each is taken apart once: measured, this halves a whole evaluation. */
const stepsOf = new WeakMap<Template, readonly Step[]>();

/** One step a character; an open variable counts as `*`, and stars that stand side by side as one. */
function steps(template: Template): readonly Step[] {
  const known = stepsOf.get(template);
  if (known !== undefined) {
    return known;
  }
  const computed = computeSteps(template).filter((step, at, all) => step !== ANY || all[at - 1] !== ANY);
  stepsOf.set(template, computed);
  return computed;
}

function computeSteps(template: Template): Step[] {
  return template.flatMap((token): Step[] => {
    switch (token.kind) {
      case 'text':
        return Array.from(token.text);
      case 'one':
        return [ONE];
      case 'star':
      case 'variable':
        return [ANY];
    }
  });
}

/** Characters as people count them, so that `?` takes one emoji and not half of it. A plain text is its own list. */
function characters(text: string): ArrayLike<string> {
  return /[\uD800-\uDFFF]/.test(text) ? Array.from(text) : text;
}

/** Greedy match that goes back only to the last star: it never tries a combination twice. */
function wildcardMatch(pattern: readonly Step[], text: ArrayLike<string>): boolean {
  let at = 0;
  let step = 0;
  let starStep = -1;
  let starAt = 0;
  while (at < text.length) {
    const current = pattern[step];
    if (current === ANY) {
      starStep = step;
      starAt = at;
      step += 1;
    } else if (current === ONE || current === text[at]) {
      step += 1;
      at += 1;
    } else if (starStep !== -1) {
      starAt += 1;
      at = starAt;
      step = starStep + 1;
    } else {
      return false;
    }
  }
  while (pattern[step] === ANY) {
    step += 1;
  }
  return step === pattern.length;
}

/** Every place in the pattern that can be reached once `text` is consumed. */
function statesAfter(pattern: readonly Step[], text: ArrayLike<string>): Set<number> {
  let states = closure(pattern, new Set([0]));
  for (const char of Array.from(text)) {
    const next = new Set<number>();
    for (const state of states) {
      const step = pattern[state];
      if (step === ANY) {
        next.add(state);
      } else if (step === ONE || step === char) {
        next.add(state + 1);
      }
    }
    states = closure(pattern, next);
  }
  return states;
}

/** A star may also stand for nothing. */
function closure(pattern: readonly Step[], states: Set<number>): Set<number> {
  const closed = new Set<number>();
  for (const start of states) {
    for (let state = start; !closed.has(state); state += 1) {
      closed.add(state);
      if (pattern[state] !== ANY) {
        break;
      }
    }
  }
  return closed;
}
