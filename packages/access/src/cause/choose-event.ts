import type { WantedFact } from './event-rule.ts';
import type { SeenChange } from './seen-change.ts';

// Clocks of machines and of AWS differ by minutes, and what was called a moment before a read may not show in it.
const SKEW_MS = 5 * 60_000;
// A scan reads one account after the other: what is changed while it runs is seen in the last ones.
const SCAN_MS = 60 * 60_000;

/** The two points in time whose states are compared. */
export interface CauseWindow {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** What made a fact what it is. */
export interface ChosenEvent {
  /** Null where no event can have. */
  readonly made: SeenChange | null;
  /** What it asked for was not kept whole, so that it may have asked for something else. */
  readonly isOpen: boolean;
  /** Others about the same fact, the oldest first: those before between the two points, or all where none made it. */
  readonly others: readonly SeenChange[];
}

interface Judged {
  readonly change: SeenChange;
  readonly isOther: boolean;
  readonly isOpen: boolean;
}

/** Finds the changes about a subject, or of a name. */
export interface ChangeIndex {
  about(subject: string): readonly SeenChange[];
  named(eventName: string): readonly SeenChange[];
}

/**
 * The last event that leads to the state after.
 *
 * One that leads elsewhere and was surely over before the second read contradicts those before it: something that nobody saw
 * brought the state back, and blaming an earlier event would be wrong. Just around a point nobody can tell on which side of a read
 * a call was, so that such events count where none in between does, and `isWhole` says that none in between went unseen.
 */
export function chooseEvent(
  fact: WantedFact,
  index: ChangeIndex,
  { window: { fromMs, untilMs }, isWhole }: { readonly window: CauseWindow; readonly isWhole: () => boolean },
): ChosenEvent {
  const judged = judgedEvents(fact, index, { fromMs: fromMs - SKEW_MS, untilMs: untilMs + SCAN_MS });
  const isWithin = ({ change }: Judged): boolean => change.timeMs >= fromMs && change.timeMs < untilMs;
  const within = judged.filter(isWithin);
  const inside = within.findLast(leads);
  const settled = within.findLast(({ change }) => change.timeMs < untilMs - SKEW_MS);
  const isContradicted = (timeMs: number): boolean =>
    settled !== undefined && settled.isOther && settled.change.timeMs > timeMs;
  const late = judged.find((each) => leads(each) && each.change.timeMs >= untilMs);
  const early = judged.findLast((each) => leads(each) && each.change.timeMs < fromMs);
  const [certain, ...around] = [inside, late, early].map((each) =>
    each === undefined || isContradicted(each.change.timeMs) ? undefined : each,
  );
  const near = around.filter((each) => each !== undefined);
  const chosen = certain ?? (near.length > 0 && isWhole() ? near[0] : undefined);
  const about = chosen === undefined ? judged.filter((each) => isWithin(each) || near.includes(each)) : within;
  const others = about.filter((each) => each !== chosen && (chosen === undefined || isBefore(each, chosen)));
  return {
    made: chosen?.change ?? null,
    isOpen: chosen?.isOpen ?? false,
    others: others.map(({ change }) => change),
  };
}

function leads({ isOther }: Judged): boolean {
  return !isOther;
}

function isBefore({ change }: Judged, { change: chosen }: Judged): boolean {
  return change.timeMs <= chosen.timeMs;
}

function judgedEvents({ rules }: WantedFact, index: ChangeIndex, { fromMs, untilMs }: CauseWindow): Judged[] {
  const found = new Map<string, Judged>();
  for (const rule of rules) {
    const { source, names, subject } = rule;
    const changes = subject === null ? names.flatMap((name) => index.named(name)) : index.about(subject);
    for (const change of changes) {
      const isOurs = change.eventSource === source && names.includes(change.eventName);
      if (!isOurs || change.timeMs < fromMs || change.timeMs >= untilMs) {
        continue;
      }
      const verdict = rule.judge(change);
      if (verdict !== null) {
        found.set(change.id, { change, isOther: verdict === 'elsewhere', isOpen: verdict === 'open' });
      }
    }
  }
  // CloudTrail's times are whole seconds: of two calls in one, that which leads to the state was the later one.
  return [...found.values()].toSorted(
    (a, b) => a.change.timeMs - b.change.timeMs || Number(b.isOther) - Number(a.isOther) || byId(a, b),
  );
}

function byId({ change: a }: Judged, { change: b }: Judged): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
