import { describe, expect, test } from 'vitest';

import type { PrincipalEntry } from './document.ts';
import { parsePrincipal } from './parse-principal.ts';
import { Place } from './place.ts';

const ACCOUNT = '111122223333';

function read(input: unknown): ReturnType<typeof parsePrincipal> {
  return parsePrincipal(input, false, Place.document(null).at('Principal', 'Principal'));
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
describe('a principal of type AWS is read as who it names:', () => {
  const longestId = `AROA${'X'.repeat(124)}`;
  test.each<readonly [string, PrincipalEntry]>([
    ['*', { kind: 'everyone' }],
    [ACCOUNT, { kind: 'account', accountId: ACCOUNT, partition: null }],
    [`arn:aws-cn:iam::${ACCOUNT}:root`, { kind: 'account', accountId: ACCOUNT, partition: 'aws-cn' }],
    // Only the root of an account of IAM stands for the account.
    [`arn:aws:sts::${ACCOUNT}:root`, { kind: 'arn', arn: `arn:aws:sts::${ACCOUNT}:root` }],
    ['arn:aws:iam::1111:root', { kind: 'arn', arn: 'arn:aws:iam::1111:root' }],
    [`arn:aws:iam::${ACCOUNT}:role/root`, { kind: 'arn', arn: `arn:aws:iam::${ACCOUNT}:role/root` }],
    // A wildcard inside is a character like any other.
    [`arn:aws:iam::${ACCOUNT}:role/*`, { kind: 'arn', arn: `arn:aws:iam::${ACCOUNT}:role/*` }],
    ['AIDAX', { kind: 'uniqueId', id: 'AIDAX' }],
    ['AROA0123456789ABCDEF', { kind: 'uniqueId', id: 'AROA0123456789ABCDEF' }],
    [longestId, { kind: 'uniqueId', id: longestId }],
  ])('%s', (text, entry) => {
    expect(read({ AWS: text })).toEqual({ kind: 'readable', value: { isNegated: false, entries: [entry] } });
  });

  test.each([
    '',
    '**',
    '1111',
    `${ACCOUNT}4`,
    'alice',
    'AIDA',
    'BIDAX',
    'AIdAX',
    'AIDAx',
    'AIDAX-',
    'xAIDAX',
    `${longestId}X`,
  ])('`%s` names nobody', (text) => {
    expect(read({ AWS: ['*', text] })).toMatchObject({ kind: 'unreadable', problem: { place: 'Principal.AWS' } });
  });
});

test('principals of several types are all read', () => {
  expect(read({ Service: ['a', 'b'], Federated: 'c', CanonicalUser: 'd', AWS: '*' })).toEqual({
    kind: 'readable',
    value: {
      isNegated: false,
      entries: [
        { kind: 'service', name: 'a' },
        { kind: 'service', name: 'b' },
        { kind: 'federated', provider: 'c' },
        { kind: 'canonicalUser', id: 'd' },
        { kind: 'everyone' },
      ],
    },
  });
  expect(parsePrincipal('*', true, Place.document(null))).toEqual({
    kind: 'readable',
    value: { isNegated: true, entries: [{ kind: 'everyone' }] },
  });
});
