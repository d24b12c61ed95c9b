import { CAPABILITIES, type ChangeKind, findEcrAction, type PlainRehearsal } from '@ecr-audit/access';

/** One condition of `--fail-on`: a kind of change, of anything or of one capability or action. */
export interface FailOn {
  /** As it was given. */
  readonly text: string;
  readonly word: ChangeKind | 'changed' | 'used';
  /** Null for anything. */
  readonly what: string | null;
}

const words = ['gained', 'lost', 'widened', 'narrowed', 'altered', 'changed', 'used'] as const;

/** Reads `gained:push,lost:pull,used`; a text says what was expected instead. */
export function parseFailOn(text: string): readonly FailOn[] | string {
  const conditions: FailOn[] = [];
  for (const part of text.split(',').map((each) => each.trim())) {
    const colon = part.indexOf(':');
    const given = colon < 0 ? part : part.slice(0, colon);
    const word = words.find((each) => each === given);
    if (word === undefined) {
      return `expected ${words.map((each) => `\`${each}\``).join(', ')}, each perhaps with a capability or action behind a colon, found \`${part}\``;
    }
    const what = colon < 0 ? null : whatOf(part.slice(colon + 1));
    if (colon >= 0 && what === null) {
      return `expected a capability (${CAPABILITIES.map(({ name }) => name).join(', ')}) or an action as \`ecr:PutImage\` behind \`${word}:\`, found \`${part}\``;
    }
    conditions.push({ text: part, word, what });
  }
  return conditions;
}

function whatOf(text: string): string | null {
  return CAPABILITIES.find(({ name }) => name === text)?.name ?? findEcrAction(text)?.name ?? null;
}

/** Which of the conditions a rehearsal meets. `undecided` are those about use that nobody can tell. */
export function judge(
  conditions: readonly FailOn[],
  rehearsal: PlainRehearsal,
): { readonly met: readonly FailOn[]; readonly undecided: readonly FailOn[] } {
  const met = conditions.filter((condition) => isMet(condition, rehearsal));
  return {
    met,
    undecided: conditions.filter((condition) => !met.includes(condition) && isUndecided(condition, rehearsal)),
  };
}

function isMet({ word, what }: FailOn, { groups, use }: PlainRehearsal): boolean {
  if (word === 'used') {
    return use.kind === 'known' && use.atStake.some(({ loses }) => what === null || loses.includes(what));
  }
  return groups.some(({ changes }) =>
    changes.some(({ kind, capabilities, actions }) => {
      const isKind = word === 'changed' || kind === word;
      return isKind && (what === null || [...capabilities, ...actions].includes(what));
    }),
  );
}

/** Nothing seen is no proof where nobody looked. */
function isUndecided({ word, what }: FailOn, { groups, use }: PlainRehearsal): boolean {
  if (word !== 'used' || (use.kind === 'known' && use.unobserved.length === 0)) {
    return false;
  }
  return groups.some(({ changes }) =>
    changes.some(
      ({ kind, capabilities, actions }) =>
        kind !== 'gained' && kind !== 'widened' && (what === null || [...capabilities, ...actions].includes(what)),
    ),
  );
}
