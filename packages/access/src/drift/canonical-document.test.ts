import { describe, expect, test } from 'vitest';
import { canonicalDocument, documentKey } from './canonical-document.ts';

const statement = {
  Sid: 'Team',
  Effect: 'Allow',
  Principal: { AWS: ['arn:aws:iam::111111111111:root', 'arn:aws:iam::222222222222:role/b'] },
  Action: ['ecr:BatchGetImage', 'ecr:PutImage'],
  Condition: { StringEquals: { 'aws:SourceVpce': ['vpce-1', 'vpce-2'] }, Bool: { 'aws:SecureTransport': 'true' } },
};
const other = { Effect: 'Deny', Principal: '*', Action: 'ecr:*' };
const document = { Version: '2012-10-17', Statement: [statement, other] };

const key = (given: unknown): string => documentKey(canonicalDocument(given));

describe('a document that AWS gives back in another form is the same', () => {
  test.each<[string, unknown]>([
    ['as text, with other white space', JSON.stringify(document, null, 3)],
    ['with its members in another order', { Statement: [statement, other], Version: '2012-10-17' }],
    ['with its statements in another order', { ...document, Statement: [other, statement] }],
    [
      'with actions in another order',
      { ...document, Statement: [{ ...statement, Action: statement.Action.toReversed() }, other] },
    ],
    [
      'with an action named twice',
      { ...document, Statement: [{ ...statement, Action: [...statement.Action, 'ecr:PutImage'] }, other] },
    ],
    [
      'with a list in place of a single value',
      { ...document, Statement: [statement, { ...other, Action: ['ecr:*'] }] },
    ],
    [
      'with the id of an account in place of the ARN of its root, in another order',
      {
        ...document,
        Statement: [{ ...statement, Principal: { AWS: ['arn:aws:iam::222222222222:role/b', '111111111111'] } }, other],
      },
    ],
    [
      'with values of a condition in another order, and true in place of its text',
      {
        ...document,
        Statement: [
          {
            ...statement,
            Condition: {
              Bool: { 'aws:SecureTransport': [true] },
              StringEquals: { 'aws:SourceVpce': ['vpce-2', 'vpce-1'] },
            },
          },
          other,
        ],
      },
    ],
    ['with other names of statements', { ...document, Statement: [{ ...statement, Sid: 'X' }, other] }],
  ])('%s', (_, given) => {
    expect(key(given)).toBe(key(document));
  });
});

describe('a document that says something else is another', () => {
  test.each<[string, unknown]>([
    ['an action more', { ...document, Statement: [{ ...statement, Action: 'ecr:*' }, other] }],
    ['a statement less', { ...document, Statement: [statement] }],
    ['another version', { ...document, Version: '2008-10-17' }],
    ['another account', { ...document, Statement: [{ ...statement, Principal: { AWS: '111111111112' } }, other] }],
    ['a condition less', { ...document, Statement: [{ ...statement, Condition: {} }, other] }],
    [
      'a list left out rather than named',
      { ...document, Statement: [statement, { Effect: 'Deny', Principal: '*', NotAction: 'ecr:*' }] },
    ],
    ['no document at all', 'not JSON'],
    ['null', null],
  ])('%s', (_, given) => {
    expect(key(given)).not.toBe(key(document));
  });

  test('however broken it is, it has a text', () => {
    for (const broken of [
      '',
      '[]',
      '{"Statement":7}',
      '{"Statement":[null,{"Principal":{"AWS":{"a":[]}}}]}',
      7,
      undefined,
    ]) {
      expect(typeof key(broken)).toBe('string');
    }
  });
});

test('a statement is found as it was written', () => {
  const written = { Effect: 'Allow', Action: 'ecr:PutImage', Principal: { AWS: '111111111111' } };
  const canonical = canonicalDocument({ Version: '2012-10-17', Statement: written });
  expect(canonical.statements).toHaveLength(1);
  expect(canonical.writtenOf(canonical.statements[0])).toBe(written);
});
