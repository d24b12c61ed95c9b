import {
  type Confidence,
  count,
  type OverPermissionFinding,
  type RightUse,
  UNKNOWN_REASONS,
  type UnknownReason,
} from '@ecr-audit/access';

/** One right of one principal in numbers. */
export interface RightSummary {
  readonly right: string;
  readonly granted: number;
  readonly used: number;
  readonly unused: number;
  readonly notKnown: number;
  /** The lowest of what is called unused; null where nothing is. */
  readonly confidence: Confidence | null;
  /** The shortest window of what is called unused. */
  readonly window: { readonly from: string; readonly until: string } | null;
  readonly reasons: readonly UnknownReason[];
}

const LEVELS: readonly Confidence[] = ['low', 'medium', 'high'];

export function summaryOf({ right, granted, used, absent }: RightUse): RightSummary {
  let unused = 0;
  let notKnown = 0;
  let confidence: Confidence | null = null;
  let window: { fromMs: number; untilMs: number } | null = null;
  const reasons = new Set<UnknownReason>();
  for (const { absence, set } of absent) {
    if (absence.kind === 'notKnown') {
      notKnown += count(set);
      reasons.add(absence.reason);
      continue;
    }
    unused += count(set);
    confidence =
      confidence === null || LEVELS.indexOf(absence.confidence) < LEVELS.indexOf(confidence)
        ? absence.confidence
        : confidence;
    const isShorter: boolean =
      window === null || absence.window.untilMs - absence.window.fromMs < window.untilMs - window.fromMs;
    window = isShorter ? absence.window : window;
  }
  return {
    right,
    granted: count(granted),
    used: used.length,
    unused,
    notKnown,
    confidence,
    window: window === null ? null : { from: isoTime(window.fromMs), until: isoTime(window.untilMs) },
    reasons: [...reasons],
  };
}

export function isoTime(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

/** For people: `2026-11-16 06:00 UTC`. */
export function shownTime(timeMs: number): string {
  return `${isoTime(timeMs).slice(0, 16).replace('T', ' ')} UTC`;
}

/** `6 of 7 unused`, `7 used`, `3 not known`. */
export function inWords({ granted, used, unused, notKnown }: RightSummary): string {
  if (unused > 0) {
    return `${unused} of ${granted} unused${notKnown > 0 ? `, ${notKnown} not known` : ''}`;
  }
  return notKnown > 0
    ? `${notKnown} of ${granted} not known`
    : used === granted
      ? `${used} used`
      : `${used} of ${granted} used`;
}

export const FINDING_WORDS: Readonly<Record<OverPermissionFinding, string>> = {
  neverUses: 'uses no capability',
  neverPushes: 'never pushes',
  neverDeletes: 'never deletes',
  neverAdministers: 'never administers',
  outsideNeverUses: 'outside, uses no capability',
  cannotUse: 'cannot be used',
};

export function reasonInWords(reason: UnknownReason): string {
  return UNKNOWN_REASONS[reason];
}
