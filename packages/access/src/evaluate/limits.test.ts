import { expect, test } from 'vitest';

import { LIMITS, limitsOf, mergeLimits } from './limits.ts';

test.each(Object.entries(LIMITS))('the limit %s is a sentence that can follow a colon', (_, message) => {
  expect(message).toMatch(/^[a-z`][^]{20,}[^.]$/);
});

test('no two limits say the same', () => {
  expect(new Set(Object.values(LIMITS)).size).toBe(Object.keys(LIMITS).length);
});

test('limits come in the order of their codes, each once', () => {
  const told = ['policyUnread', 'identityUnread'] as const;
  const [identity, policy] = told.map((code) => ({ code, message: LIMITS[code] })).toReversed();
  expect(limitsOf(['policyUnread', 'identityUnread', 'policyUnread'])).toEqual([identity, policy]);
  expect(limitsOf([])).toEqual([]);
});

test('limits of several answers come in the order of their codes, each once', () => {
  const lists = [['tokenRcps', 'notPrincipal'], [], ['rootUser', 'notPrincipal', 'policyUnread']] as const;
  expect(mergeLimits(...lists.map((codes) => limitsOf(codes)))).toEqual(
    limitsOf(['notPrincipal', 'policyUnread', 'rootUser', 'tokenRcps']),
  );
  expect(mergeLimits(...lists.toReversed().map((codes) => limitsOf(codes)))).toEqual(
    limitsOf(['notPrincipal', 'policyUnread', 'rootUser', 'tokenRcps']),
  );
  expect(mergeLimits()).toEqual([]);
});
