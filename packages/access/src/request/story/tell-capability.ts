import type { Decision } from '@ecr-audit/policy';
import type { ExplainedAction, Explanation } from '../explanation.ts';
import { shortened } from './policy-words.ts';
import { tellAction } from './tell-action.ts';

/** The actions that decide are told in full, those with the same story once; the others are named with their answer. */
export function tellCapability(explanation: Explanation): string[] {
  const { actions } = explanation;
  const decisive = decisiveActions(explanation);
  const others = actions.filter((action) => !decisive.includes(action));
  const stories = Map.groupBy(decisive, (action) =>
    JSON.stringify([action.resource, action.decision, action.condition, tellAction(action, explanation)]),
  );
  return [
    ...[...stories.values()].flatMap((group, index) => [
      ...(index === 0 ? [] : ['']),
      ...tellGroup(group, explanation),
    ]),
    ...(excludeEachOther(explanation) ? ['', 'No request meets the conditions of all of these actions.'] : []),
    ...(others.length === 0 ? [] : ['', 'The other actions:', ...tellOthers(others)]),
  ];
}

const DENIED: readonly Decision[] = ['explicitDeny', 'implicitDeny'];
const OPEN: readonly Decision[] = ['unknown', 'conditional'];

/** One denied action is enough to deny a conjunction; of alternatives, those that hold count. */
function decisiveActions({ actions, needs }: Explanation): readonly ExplainedAction[] {
  const order: readonly (readonly Decision[])[] =
    needs === 'all' ? [DENIED, OPEN, ['allowed']] : [['allowed'], OPEN, DENIED];
  const groups = order.map((decisions) => actions.filter(({ decision }) => decisions.includes(decision)));
  return groups.find((group) => group.length > 0) ?? [];
}

function excludeEachOther({ actions, decision, needs }: Explanation): boolean {
  return needs === 'all' && DENIED.includes(decision) && !actions.some((action) => DENIED.includes(action.decision));
}

function tellGroup(group: readonly ExplainedAction[], explanation: Explanation): string[] {
  const [first] = group;
  if (first === undefined) {
    return [];
  }
  // Told at the top already where the whole depends on the same.
  const isTold = first.condition === null || first.condition === explanation.condition;
  return [
    `${namesOf(group)}: ${OUTCOMES[first.decision]}${isTold ? '' : `, ${shortened(first.condition ?? '')}`}`,
    ...tellAction(first, explanation).map((line) => `  ${line}`),
  ];
}

const OUTCOMES: Readonly<Record<Decision, string>> = {
  allowed: 'allowed',
  explicitDeny: 'denied',
  implicitDeny: 'denied',
  conditional: 'depends on the request',
  unknown: 'unknown',
};

function tellOthers(actions: readonly ExplainedAction[]): string[] {
  const groups = Map.groupBy(actions, ({ decision, condition }) => JSON.stringify([decision, condition]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const condition = first?.condition ?? null;
    return first === undefined
      ? []
      : [`  ${namesOf(group)}: ${OUTCOMES[first.decision]}${condition === null ? '' : `, ${shortened(condition)}`}`];
  });
}

function namesOf(group: readonly ExplainedAction[]): string {
  return group.map(({ action }) => action).join(', ');
}
