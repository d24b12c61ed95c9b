import { matchTemplate, parsePolicyDocument, type Template } from '@ecr-audit/policy';
import { expect, test } from 'vitest';
import { createPatternHooks } from './pattern-hooks.ts';

function templateOf(pattern: string): Template {
  const document = parsePolicyDocument(
    {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: '*', Resource: '*', Condition: { ArnLike: { 'aws:PrincipalArn': pattern } } },
      ],
    },
    'identity',
  );
  const condition = document.kind === 'readable' ? document.value.statements[0]?.conditions[0] : undefined;
  const template = condition?.kind === 'readable' ? condition.value.values[0] : undefined;
  if (template === undefined) {
    throw new Error(`cannot read the pattern \`${pattern}\``);
  }
  return template;
}

const patterns = [
  '*',
  'arn:*',
  'arn:aws:iam::*:role/ops-*',
  'arn:aws:iam::*:role/ops',
  'arn:aws:iam::*:role/ops-?',
  'arn:aws:iam::111111111111:role/ops-1',
  'arn:aws:iam::111111111111:role/*',
  'arn:aws:iam::111111111111:*',
  'arn:aws:iam::1111111111??:role/team/*',
  'arn:aws:iam::*:*/ops-1',
  'arn:*:role/ops-1',
  '*ops-1',
  '*:role/ops-1',
  'arn:aws:iam::*:user/ann',
  'arn:aws:iam::*:role/ops-1:extra',
  'arn:aws:iam',
];

const texts = [
  ...['111111111111', '222222222222'].flatMap((account) =>
    ['role/ops', 'role/ops-1', 'role/ops-10', 'role/team/ops-1', 'user/ann', 'root'].map(
      (name) => `arn:aws:iam::${account}:${name}`,
    ),
  ),
  'arn:aws:iam',
  'arn:aws:iam::111111111111:role/ops-1:extra',
  '',
  'ops-1',
];

const hooks = createPatternHooks(patterns.map((item) => ({ item, patterns: [templateOf(item)] })));

test.each(texts)('finds every pattern that matches `%s`', (text) => {
  const matching = patterns.filter((pattern) => matchTemplate(templateOf(pattern), text) !== 'no');
  expect(hooks.mayConcern(text)).toEqual(expect.arrayContaining(matching));
});

test('finds few others, each once and in the order in which they were given', () => {
  expect(hooks.mayConcern('arn:aws:iam::222222222222:user/ann')).toEqual([
    '*',
    'arn:*',
    'arn:aws:iam::*:*/ops-1',
    'arn:*:role/ops-1',
    '*ops-1',
    '*:role/ops-1',
    'arn:aws:iam::*:user/ann',
    'arn:aws:iam::*:role/ops-1:extra',
    'arn:aws:iam',
  ]);
});

test('finds an item by any of its patterns, and one that any text may concern by every text', () => {
  const several = createPatternHooks([
    { item: 'both', patterns: [templateOf('arn:aws:iam::*:role/a'), templateOf('arn:aws:iam::*:role/b')] },
    { item: 'every', patterns: null },
    { item: 'none', patterns: [] },
  ]);
  expect(several.mayConcern('arn:aws:iam::111111111111:role/b')).toEqual(['both', 'every']);
  expect(several.mayConcern('arn:aws:iam::111111111111:role/c')).toEqual(['every']);
});
