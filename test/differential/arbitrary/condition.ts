import * as fc from 'fast-check';

import { CONDITION_KEYS, OPERATORS } from './condition-keys.ts';
import { weighted } from './weighted.ts';

/** Each key as often as its weight says. */
const PLENTY = CONDITION_KEYS.flatMap((plan) => Array.from({ length: plan.weight }, () => plan));

/** One entry of a Condition element: operator, key and what it is compared with. */
interface ConditionPlan {
  readonly operator: string;
  readonly key: string;
  readonly values: unknown;
}

const setPrefix = (isList: boolean): fc.Arbitrary<string> =>
  weighted([isList ? 4 : 12, fc.constant('')], [isList ? 4 : 1, fc.constantFrom('ForAnyValue:', 'ForAllValues:')]);

/** A key with an operator and values that suit it; now and then one that does not. */
const condition: fc.Arbitrary<ConditionPlan> = fc
  .record({
    plan: fc.constantFrom(...PLENTY),
    operator: fc.nat({ max: 11 }),
    values: fc.array(fc.nat({ max: 7 }), { minLength: 1, maxLength: 2 }),
    plainPrefix: setPrefix(false),
    listPrefix: setPrefix(true),
    twist: weighted(
      [12, fc.constant('none' as const)],
      [2, fc.constant('ifExists' as const)],
      [1, fc.constantFrom('null', 'lowerCase', 'upperOperator', 'single', 'foreign', 'badOperator')],
      [1, fc.constantFrom('badValue', 'emptyList', 'badVariable', 'defaultValue', 'noPrefix')],
    ),
  })
  .map(({ plan, operator, values, plainPrefix, listPrefix, twist }): ConditionPlan => {
    const names = OPERATORS[plan.family];
    const name = names[operator % names.length] ?? '';
    const texts = values.map((value) => plan.values[value % plan.values.length] ?? '');
    const prefix = twist === 'noPrefix' ? '' : plan.isList === true ? listPrefix : plainPrefix;
    const plainly: ConditionPlan = { operator: `${prefix}${name}`, key: plan.key, values: texts };
    switch (twist) {
      case 'none':
      case 'noPrefix':
        return plainly;
      case 'ifExists':
        return { ...plainly, operator: `${prefix}${name}IfExists` };
      case 'null':
        return { ...plainly, operator: 'Null', values: operator % 3 === 0 ? ['true', 'false'] : operator % 2 === 0 };
      case 'lowerCase':
        return { ...plainly, key: plan.key.toLowerCase() };
      case 'upperOperator':
        return { ...plainly, operator: `${prefix}${name}`.toUpperCase() };
      case 'single':
        return { ...plainly, values: texts[0] };
      case 'foreign':
        // An operator of another family: its values may be unreadable for it.
        return { ...plainly, operator: `${prefix}${Object.values(OPERATORS).flat()[(operator * 3) % 27] ?? ''}` };
      case 'badOperator':
        return {
          ...plainly,
          operator: ['StringMatches', 'NullIfExists', 'ForSomeValue:StringLike'][operator % 3] ?? '',
        };
      case 'badValue':
        return { ...plainly, values: [null, { a: 1 }, 7, ['true', 8]][operator % 4] };
      case 'emptyList':
        return { ...plainly, values: [] };
      case 'badVariable':
        return { ...plainly, values: ['${aws:username', '${}', '${aws:username, x}'][operator % 3] };
      case 'defaultValue':
        return {
          ...plainly,
          values: ["${aws:PrincipalTag/env, 'app'}", "${aws:SourceVpce, 'vpce-1'}", '${aws:TagKeys}'][operator % 3],
        };
    }
  });

/** A whole Condition element. Entries of one operator stand together; of one key twice the later one counts. */
export const conditionElement: fc.Arbitrary<Readonly<Record<string, Readonly<Record<string, unknown>>>>> = weighted(
  [5, fc.array(condition, { minLength: 1, maxLength: 1 })],
  [2, fc.array(condition, { minLength: 2, maxLength: 3 })],
).map((conditions) => {
  const element: Record<string, Record<string, unknown>> = {};
  for (const { operator, key, values } of conditions) {
    element[operator] = { ...element[operator], [key]: values };
  }
  return element;
});
