import type { AccessAnswer } from '../answer.ts';
import { CAPABILITIES, type Capability } from '../ecr/capabilities.ts';
import { capabilitiesShownBy } from '../activity/capability-use.ts';
import type { Repository } from '../snapshot/model.ts';
import { givesNoMore } from './compare-answers.ts';
import type { ConditionJson } from './suggested-document.ts';

/** One right that a statement must give, under the conditions under which it is given today. */
export interface Need {
  /** Null for the registry. */
  readonly repository: Repository | null;
  readonly action: string;
  readonly condition: ConditionJson;
}

/** Where rights come from today. Each answer is what the principal may do with a part of its policies. */
export interface Carriers {
  /** With all of them. */
  readonly whole: AnswerOf;
  /** Without any Allow: what policies of repositories give by themselves. */
  readonly none: AnswerOf;
  /** With the Allow statements that have no conditions. */
  readonly unconditional: AnswerOf;
  /** With those that have these conditions. */
  readonly conditional: readonly { readonly condition: ConditionJson | null; readonly answer: AnswerOf }[];
}

type AnswerOf = (action: string) => AccessAnswer | null;

export type NeedsOfAction =
  | { readonly kind: 'denied' }
  | { readonly kind: 'keptByOthers' }
  | { readonly kind: 'needs'; readonly conditions: readonly ConditionJson[] }
  | { readonly kind: 'notWritable' };

/** What a statement must say so that an action stays as it is. */
export function needsOf(action: string, { whole, none, unconditional, conditional }: Carriers): NeedsOfAction {
  const today = whole(action);
  if (today === null) {
    return { kind: 'denied' };
  }
  const rest = none(action);
  if (givesNoMore(today, rest)) {
    return { kind: 'keptByOthers' };
  }
  if (givesNoMore(today, unconditional(action))) {
    return { kind: 'needs', conditions: [{}] };
  }
  const brings = (answer: AccessAnswer | null): boolean => !givesNoMore(answer, rest);
  const carriers = conditional.filter(({ answer }) => brings(answer(action)));
  const conditions: ConditionJson[] = [
    ...(brings(unconditional(action)) ? [{}] : []),
    ...carriers.flatMap(({ condition }) => (condition === null ? [] : [condition])),
  ];
  return carriers.some(({ condition }) => condition === null) || conditions.length === 0
    ? { kind: 'notWritable' }
    : { kind: 'needs', conditions };
}

/**
 * The actions that go along with a used one, and that no event tells of: a pull or push takes all of them. A client that
 * pushes reads manifests, too, so it counts for a pull: whether it took layers, nobody may have seen. A capability that does
 * not work today is not made to work.
 */
export function alongWith(
  actions: ReadonlySet<string>,
  isHeld: (capability: Capability) => boolean,
): ReadonlySet<string> {
  const shown = new Set([...actions].flatMap((action) => capabilitiesShownBy(action)));
  const parts = CAPABILITIES.filter(({ name, needs }) => needs === 'all' && shown.has(name) && isHeld(name)).flatMap(
    (each) => each.actions,
  );
  return new Set([...actions, ...parts]);
}

/** Whether somebody who uses these actions logs in with a token. */
export function takesToken(actions: Iterable<string>): boolean {
  const needing = new Set(CAPABILITIES.filter(({ needsToken }) => needsToken).flatMap((each) => each.actions));
  return [...actions].some((action) => needing.has(action));
}

/** The actions that a chosen capability takes. */
export function actionsOfCapability(capability: Capability): readonly string[] {
  return CAPABILITIES.find(({ name }) => name === capability)?.actions ?? [];
}
