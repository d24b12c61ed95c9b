import { expect, test } from 'vitest';

import { decodePolicyDocument } from './decode-policy-document.ts';

test.each([
  ['an encoded document becomes the object', '%7B%22Version%22%3A%222012-10-17%22%7D', { Version: '2012-10-17' }],
  ['a plus stays a plus, because IAM encodes by RFC 3986', '%7B%22Sid%22%3A%22a+b%22%7D', { Sid: 'a+b' }],
  ['what is no JSON stays the decoded text', 'not%20json', 'not json'],
  ['JSON that is no object stays the decoded text', '%22text%22', '"text"'],
  ['a list stays the decoded text', '%5B1%5D', '[1]'],
  ['what is not URL-encoded stays as it is', '100% {"Version": 1', '100% {"Version": 1'],
  ['an empty document stays empty', '', ''],
])('%s', (_title, encoded, expected) => {
  expect(decodePolicyDocument(encoded)).toEqual(expected);
});

test('a key named __proto__ is data', () => {
  const document = decodePolicyDocument(encodeURIComponent('{"__proto__": {"polluted": true}}'));
  expect(JSON.stringify(document)).toBe('{"__proto__":{"polluted":true}}');
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});
