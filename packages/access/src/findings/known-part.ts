import { describeFormula, type Formula, fromResidual, substitute, TRUE } from '@ecr-audit/policy';
import type { AccessAnswer } from '../answer.ts';
import type { HeldPart } from './held-parts.ts';

/** What an answer comes to by what was read. */
interface KnownAnswer {
  /** Whether it lets in whatever stands in what could not be read, as long as that denies nothing. */
  readonly isKnown: boolean;
  /** What it hangs on besides, in words; null for nothing. */
  readonly condition: string | null;
  /** Places that could not be read and that it hangs on. */
  readonly unread: readonly string[];
}

/**
 * An answer as if what could not be read were empty.
 *
 * What a finding is about must not grow by a gap: a Deny that is not readable for a day would change the condition of all that it
 * might deny, and an Allow would bring repositories that nobody was let into.
 */
export function knownAnswer({ decision, residual }: AccessAnswer): KnownAnswer {
  if (residual === null) {
    return decision === 'unknown' ? NOTHING : EVERYTHING;
  }
  const known = answers.get(residual) ?? withoutUnread(fromResidual(residual));
  answers.set(residual, known);
  return known;
}

const answers = new WeakMap<object, KnownAnswer>();
const NOTHING: KnownAnswer = { isKnown: false, condition: null, unread: [] };
const EVERYTHING: KnownAnswer = { isKnown: true, condition: null, unread: [] };

function withoutUnread(formula: Formula): KnownAnswer {
  const unread = new Set<string>();
  const rest = substitute(formula, (atom) => {
    if (atom.kind === 'unreadable') {
      // The same place is named once for its Allow and once for its Deny statements.
      unread.add(atom.place.replace(/ \((?:Allow|Deny) statements\)$/, ''));
      return false;
    }
    return null;
  });
  const isKnown = rest.kind !== 'false';
  const words = isKnown ? rest : formula;
  return {
    isKnown,
    condition: words.kind === TRUE.kind ? null : describeFormula(words),
    unread: [...unread].toSorted(),
  };
}

/** The parts with those answers that are known; those that hang on what could not be read apart. */
export function splitKnown(parts: readonly HeldPart[]): { readonly known: HeldPart[]; readonly open: HeldPart[] } {
  const of = (wanted: boolean): HeldPart[] =>
    parts.flatMap((part) => {
      const held = part.answers.filter(({ answer }) => knownAnswer(answer).isKnown === wanted);
      // Mostly all or none: the same list leads to what was worked out for it before.
      return held.length === 0 ? [] : [held.length === part.answers.length ? part : { ...part, answers: held }];
    });
  return { known: of(true), open: of(false) };
}
