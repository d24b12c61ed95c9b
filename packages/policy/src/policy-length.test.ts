import { expect, test } from 'vitest';

import { POLICY_LENGTHS_MAX, policyLength } from './policy-length.ts';

test.each<readonly [string, string, number]>([
  ['nothing', '', 0],
  ['white space between its parts', ' {\t"a" :\r\n1 } ', '{"a":1}'.length],
  ['white space within texts, as characters', '{"a b": "\tc "}', '{"a b":"\tc "}'.length],
  ['an escaped character, as two', String.raw`{"a\"": " \\ " }`, String.raw`{"a\"":" \\ "}`.length],
  ['a text that is not closed, to its end', '{"a b ', '{"a b '.length],
  ['a backslash outside of texts, as one', '\\ \\', 2],
])('the length of a policy counts %s', (_, json, length) => {
  expect(policyLength(json)).toBe(length);
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
test('the most that AWS takes is known for every kind of policy', () => {
  expect(POLICY_LENGTHS_MAX).toEqual({
    managed: 6_144,
    userInline: 2_048,
    groupInline: 5_120,
    roleInline: 10_240,
    scp: 5_120,
    rcp: 5_120,
  });
});
