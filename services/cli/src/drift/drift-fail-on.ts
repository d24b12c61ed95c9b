import { CAPABILITIES, type DriftKind, findEcrAction } from '@ecr-audit/access';
import type { DriftReport } from './plain-drift.ts';

/** One condition of `--fail-on`: a kind of drift, of anything or of one capability or action. */
export interface FailOnDrift {
  /** As it was given. */
  readonly text: string;
  readonly word: DriftKind | 'changed';
  /** Null for anything. */
  readonly what: string | null;
}

const words = ['granted', 'revoked', 'widened', 'narrowed', 'altered', 'changed'] as const;

/** Reads `granted:push,widened`; a text says what was expected instead. */
export function parseFailOnDrift(text: string): readonly FailOnDrift[] | string {
  const conditions: FailOnDrift[] = [];
  for (const part of text.split(',').map((each) => each.trim())) {
    const [given = '', ...rest] = part.split(':');
    const name = rest.join(':');
    const word = words.find((each) => each === given);
    if (word === undefined) {
      return `expected ${words.map((each) => `\`${each}\``).join(', ')}, each perhaps with a capability or action behind a colon, found \`${part}\``;
    }
    const what = CAPABILITIES.find((each) => each.name === name)?.name ?? findEcrAction(name)?.name ?? null;
    if (rest.length > 0 && what === null) {
      return `expected a capability (${CAPABILITIES.map((each) => each.name).join(', ')}) or an action as \`ecr:PutImage\` behind \`${word}:\`, found \`${part}\``;
    }
    conditions.push({ text: part, word, what });
  }
  return conditions;
}

/** Which conditions drift meets. `undecided` are those that nobody can tell, because something was not read. */
export function judgeDrift(
  conditions: readonly FailOnDrift[],
  { access, notKnown }: DriftReport,
): { readonly met: readonly FailOnDrift[]; readonly undecided: readonly FailOnDrift[] } {
  const isAbout = ({ word, what }: FailOnDrift, kind: DriftKind, names: readonly string[]): boolean =>
    (word === 'changed' || word === kind) && (what === null || names.includes(what));
  const met = conditions.filter((condition) =>
    access.some(({ kind, capabilities, actions }) => isAbout(condition, kind, [...capabilities, ...actions])),
  );
  // Whoever and whatever is of an account that was not read may have gained or lost anything.
  const isBlind = notKnown.configuration.some(({ what }) => wholeLists.has(what));
  const undecided = conditions.filter(
    (condition) =>
      !met.includes(condition) &&
      (isBlind ||
        notKnown.access.some(({ mayBe, capabilities, actions }) =>
          isAbout(condition, mayBe, [...capabilities, ...actions]),
        )),
  );
  return { met, undecided };
}

const wholeLists: ReadonlySet<string> = new Set(['iam', 'repositories', 'organization']);
