import { matchTemplate, parsePolicyDocument, type Template } from '@ecr-audit/policy';
import { expect, test } from 'vitest';
import { createCandidates } from './candidates.ts';

function templateOf(pattern: string): Template {
  const document = parsePolicyDocument(
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: pattern }] },
    'identity',
  );
  const resource = document.kind === 'readable' ? document.value.statements[0]?.resource : null;
  const template = resource?.kind === 'readable' ? resource.value.patterns[0]?.template : undefined;
  if (template === undefined) {
    throw new Error(`cannot read the pattern \`${pattern}\``);
  }
  return template;
}

const arns = ['eu-west-1', 'us-east-1'].flatMap((region) =>
  ['111111111111', '222222222222'].flatMap((account) =>
    ['team-1/app', 'team-1/base', 'team-10/app', 'team-2/app', 'tools', 'a'].map(
      (name) => `arn:aws:ecr:${region}:${account}:repository/${name}`,
    ),
  ),
);

const patterns = [
  '*',
  'arn:*',
  'arn:aws:ecr:eu-west-1:111111111111:repository/team-1/*',
  'arn:aws:ecr:*:*:repository/team-1/*',
  'arn:aws:ecr:*:*:repository/team-1*',
  'arn:aws:ecr:*:*:repository/*/app',
  'arn:aws:ecr:??-west-1:*:repository/a',
  'arn:aws:ecr:*:repository/tools',
  'arn:*:repository/team-2/app',
  'arn:aws:ecr:*:*:*',
  'arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team}/*',
  'arn:aws:ecr:*:*:repository/absent',
  'arn:aws:ecr:*:*:repository/team-1/app:latest',
  'arn:aws:ecr?eu-west-1:111111111111:repository/tools',
];

test.each(patterns)('what %s matches is among its candidates', (pattern) => {
  const template = templateOf(pattern);
  const found = new Set(createCandidates(arns).of(template));
  const matched = arns.flatMap((arn, index) => (matchTemplate(template, arn) === 'no' ? [] : [index]));
  expect(matched.filter((index) => !found.has(index))).toEqual([]);
});

test('a pattern that names a team in every region is compared with the repositories of that team alone', () => {
  const found = createCandidates(arns).of(templateOf('arn:aws:ecr:*:*:repository/team-1/*'));
  expect(found.map((index) => arns[index]?.split('repository/')[1] ?? '').toSorted()).toEqual(
    Array.from({ length: 4 }, () => ['team-1/app', 'team-1/base'])
      .flat()
      .toSorted(),
  );
});

test('texts that are no ARNs with five colons are found by their beginning', () => {
  expect(createCandidates(['*', 'arn:aws:ecr:d:e:f:g']).of(templateOf('arn:aws:ecr:*:e:f:g'))).toEqual([1]);
  expect(createCandidates(['*', '*']).of(templateOf('*'))).toEqual([0, 1]);
});
