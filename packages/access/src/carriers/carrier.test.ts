import { describe, expect, test } from 'vitest';
import { ECR_ACTIONS } from '../ecr/actions.ts';
import { type Carrier, carrierOf, saysAnything } from './carrier.ts';

const every = ECR_ACTIONS.map(({ name }) => name).toSorted();

function read(...statements: readonly object[]): Carrier {
  const document = { Version: '2012-10-17', Statement: statements };
  return carrierOf({ arn: 'arn:aws:iam::111111111111:policy/p', name: 'p', version: 'v1', document });
}

function firstAllow(statement: object): Carrier['allows'][number] | undefined {
  return read({ Effect: 'Allow', ...statement }).allows[0];
}

describe('actions are those that the element is about', () => {
  test.each([
    ['one that is named', { Action: 'ecr:PutImage' }, ['ecr:PutImage'], true],
    ['one in other letters', { Action: 'ECR:putimage' }, ['ecr:PutImage'], true],
    [
      'a pattern of the service',
      { Action: ['s3:*', 'ecr:Put*ry*'] },
      ['ecr:PutRegistryPolicy', 'ecr:PutRegistryScanningConfiguration'],
      true,
    ],
    ['everything of everything', { Action: '*' }, every, false],
    [
      'what a NotAction leaves over',
      { NotAction: ['ecr:[A-Z]*', 'ecr:*Image*', 'iam:*'] },
      every.filter((name) => !name.includes('Image')),
      false,
    ],
    ['a wildcard beside a name', { Action: ['*', 'ecr:PutImage'] }, every, true],
    ['a wildcard beside a name that ECR does not have', { Action: ['*', 'ecr:PutImages'] }, every, false],
  ])('%s', (_, element, actions, explicit) => {
    expect(firstAllow({ ...element, Resource: '*' })).toMatchObject({ actions, explicit, conditional: false });
  });

  test.each([
    ['public repositories', { Action: 'ecr-public:*', Resource: '*' }],
    ['another service', { Action: 's3:*', Resource: '*' }],
    ['a service that is spelled with a wildcard', { Action: 'ec*:*', Resource: '*' }],
    ['everything but all of ECR', { NotAction: 'ecr:*', Resource: '*' }],
    [
      'everything on resources of another service',
      { Action: '*', Resource: ['arn:aws:s3:::bucket/*', 'arn:aws:ecs:*:*:*'] },
    ],
    ['everything but what a NotResource leaves out whole', { Action: '*', NotResource: '*' }],
  ])('nothing is said of ECR by %s', (_, statement) => {
    const carrier = read({ Effect: 'Allow', ...statement });
    expect(carrier).toMatchObject({ allows: [], denies: [], isWhole: true });
    expect(saysAnything(carrier)).toBe(false);
  });
});

describe('resources are told as written', () => {
  test.each([
    [
      'patterns',
      { Resource: ['arn:aws:ecr:*:*:repository/a*', 'arn:aws:s3:::b'] },
      ['arn:aws:ecr:*:*:repository/a*', 'arn:aws:s3:::b'],
    ],
    ['a NotResource of another service', { NotResource: 'arn:aws:s3:::b' }, ['*']],
    [
      'a NotResource of repositories',
      { NotResource: ['arn:aws:s3:::b', 'arn:aws:ecr:*:*:repository/a*'] },
      ['not:arn:aws:ecr:*:*:repository/a*'],
    ],
  ])('%s', (_, element, resources) => {
    expect(firstAllow({ Action: 'ecr:*', ...element })?.resources).toEqual(resources);
  });

  test('a repository is nothing that an authorization token can be asked for', () => {
    const say = firstAllow({
      Action: ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage'],
      Resource: 'arn:aws:ecr:*:*:repository/a*',
    });
    expect(say).toMatchObject({
      actions: ['ecr:BatchGetImage', 'ecr:GetAuthorizationToken'],
      withoutEffect: ['ecr:GetAuthorizationToken'],
    });
    expect(firstAllow({ Action: 'ecr:*', Resource: ['*'] })?.withoutEffect).toEqual([]);
    expect(firstAllow({ Action: 'ecr:*', NotResource: 'arn:aws:ecr:*:*:repository/*' })?.withoutEffect).toContain(
      'ecr:PutImage',
    );
    expect(firstAllow({ Action: 'ecr:*', NotResource: 'arn:aws:ecr:*:*:repository/a*' })?.withoutEffect).toEqual([]);
  });

  test.each([
    ['arn:*', true],
    ['arn:aws:ecr:eu-west-1:111111111111:repository/${aws:PrincipalTag/team}/*', true],
    ['arn:aws:ecr:eu-west-1:111111111111:repository/???', true],
    // The service of an ARN takes no wildcard.
    ['arn:aws:*', false],
    ['arn:*:ecr:*', true],
    ['arn:aws:ecr:eu-west-1:*', true],
    ['arn:aws:ecr:*:*:registry', false],
    ['arn:aws:ecr-public:*:*:repository/x', false],
    ['arn:aws:ecr:*:*:repository/*:x', false],
  ])('%s: %s', (Resource, expected) => {
    expect(read({ Effect: 'Allow', Action: 'ecr:PutImage', Resource }).allows.length > 0).toBe(expected);
  });
});

test('Deny statements stand apart, and a condition is told', () => {
  const carrier = read(
    {
      Effect: 'Deny',
      Action: 'ecr:Delete*',
      Resource: '*',
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
    },
    { Effect: 'Allow', Action: 'ecr:ListImages', Resource: '*' },
  );
  expect(carrier.denies).toMatchObject([{ explicit: true, conditional: true }]);
  expect(carrier.denies[0]?.actions).toContain('ecr:DeleteRepository');
  expect(carrier.allows).toMatchObject([{ actions: ['ecr:ListImages'], conditional: false }]);
});

test('what cannot be read is in no list, and the policy is listed all the same', () => {
  for (const statement of [
    { Effect: 'Allow', Action: 7, Resource: '*' },
    { Effect: 'Perhaps', Action: 'ecr:*', Resource: '*' },
  ]) {
    const carrier = read(statement);
    expect(carrier).toMatchObject({ allows: [], denies: [], isWhole: false });
    expect(carrier.problems).toHaveLength(1);
    expect(saysAnything(carrier)).toBe(true);
  }
  const broken = carrierOf({ arn: 'arn:aws:iam::aws:policy/p', name: 'p', version: null, document: '{"Statement": [' });
  expect(saysAnything(broken)).toBe(true);
});
