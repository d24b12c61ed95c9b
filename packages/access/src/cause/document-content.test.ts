import { expect, test } from 'vitest';
import { contentOf } from './document-content.ts';

const role = 'arn:aws:iam::111122223333:role/deploy';
const id = 'AROAAAAAAAAAAAAAAAAAA';
const arnOfId = (asked: string): string | null => (asked === id ? role : null);

function document(statement: object, version = '2012-10-17'): object {
  return { Version: version, Statement: [{ Effect: 'Allow', Principal: '*', Action: 'ecr:PutImage', ...statement }] };
}

function content(given: unknown): string | null {
  return contentOf(given, 'resource', arnOfId);
}

test.each([
  ['a list of one for a text', { Action: ['ecr:PutImage'] }, {}],
  ['another order', { Action: ['ecr:A', 'ecr:B'] }, { Action: ['ecr:B', 'ecr:A'] }],
  ['another case of an action', { Action: 'ECR:putimage' }, {}],
  ['a Sid', { Sid: 'Push' }, {}],
  [
    'the root for an account',
    { Principal: { AWS: '111122223333' } },
    { Principal: { AWS: 'arn:aws:iam::111122223333:root' } },
  ],
  ['the id of a principal that was deleted', { Principal: { AWS: id } }, { Principal: { AWS: role } }],
  [
    'conditions in another order and case of a key',
    { Condition: { StringEquals: { 'aws:PrincipalOrgID': ['b', 'a'] }, Bool: { 'aws:SecureTransport': 'true' } } },
    { Condition: { Bool: { 'aws:securetransport': true }, StringEquals: { 'aws:principalorgid': ['a', 'b'] } } },
  ],
])('%s says the same', (_what, one, other) => {
  expect(content(document(one))).toBe(content(JSON.stringify(document(other), null, 2)));
  expect(content(document(one))).not.toBeNull();
});

test.each([
  ['an effect', { Effect: 'Deny' }, {}],
  ['an action', { Action: 'ecr:BatchGetImage' }, {}],
  ['NotAction', { Action: undefined, NotAction: 'ecr:PutImage' }, {}],
  ['a principal', { Principal: { AWS: role } }, {}],
  [
    'a principal of which only the id is known',
    { Principal: { AWS: 'AROABBBBBBBBBBBBBBBBB' } },
    { Principal: { AWS: role } },
  ],
  ['a condition', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, {}],
  ['the value of a condition', { Condition: { Bool: { 'a:b': 'true' } } }, { Condition: { Bool: { 'a:b': 'false' } } }],
])('%s says something else', (_what, one, other) => {
  expect(content(document(one))).not.toBe(content(document(other)));
});

test('a variable is one in the newer language alone', () => {
  expect(content(document({}, '2008-10-17'))).not.toBe(content(document({})));
});

test.each([
  ['no policy', '{"a'],
  ['an element that nobody knows', document({ Actions: 'ecr:*' })],
  ['an unreadable effect', document({ Effect: 'Maybe' })],
  ['an unreadable condition', document({ Condition: { Never: { 'a:b': 'c' } } })],
])('of %s nothing can be told', (_what, given) => {
  expect(content(given)).toBeNull();
});
