import { RULES } from '@ecr-audit/access';
import { describe, expect, test } from 'vitest';
import { differenceCases } from './cases/differences.ts';
import { eventCases } from './cases/events.ts';
import { identityCases } from './cases/identities.ts';
import { keyCases } from './cases/keys.ts';
import { outsideCases } from './cases/outside.ts';
import { registryCases } from './cases/registries.ts';
import { settingsEventCases } from './cases/settings-events.ts';
import { trustCases } from './cases/trust.ts';
import { useCases } from './cases/use.ts';
import { found, judge } from './rule-case.ts';

const CASES = [
  ...outsideCases,
  ...identityCases,
  ...trustCases,
  ...registryCases,
  ...differenceCases,
  ...eventCases,
  ...settingsEventCases,
  ...keyCases,
  ...useCases,
];

test('every rule has cases for and against', () => {
  const complete = CASES.filter(({ finds, ignores }) => finds.length > 0 && ignores.length > 0).map(({ rule }) => rule);
  // No scene holds exceptions: where they are kept, their rule is judged and tested.
  const judged = RULES.filter(({ needs }) => needs !== 'exceptions').map(({ id }) => id);
  expect(complete.toSorted()).toEqual(judged.toSorted());
});

describe.each(CASES)('$rule', ({ rule, finds, ignores }) => {
  test.each(finds)('finds: $title', ({ expected, ...given }) => {
    expect(found(rule, given)).toMatchObject(expected);
  });

  test.each(ignores)('passes by: $title', (given) => {
    expect(judge(given).notJudged.map(({ ruleId }) => ruleId)).not.toContain(rule);
    expect(found(rule, given)).toEqual([]);
  });
});
