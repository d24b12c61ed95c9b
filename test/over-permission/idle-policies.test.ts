import type { IdlePolicy } from '@ecr-audit/access';
import { describe, expect, test } from 'vitest';
import {
  A,
  allow,
  arnOf,
  B,
  findingsOf,
  managedArn,
  type PolicyScene,
  pullActions,
  roleArn,
  UNREAD,
} from './policy-scene.ts';

const ci = roleArn('ci');
const inline = (name: string): string => `${ci}#inline:${name}`;

function idleOf(scene: PolicyScene): readonly IdlePolicy[] {
  return findingsOf(scene).idle.found;
}

/** What is found of one role `ci` with these inline policies. */
function ofPolicies(policies: NonNullable<NonNullable<PolicyScene['roles']>['ci']>['inline'], more: PolicyScene = {}) {
  return idleOf({ ...more, roles: { ci: { inline: policies ?? {} } } });
}

const lets = (principal: unknown, more: object = {}) => ({
  Effect: 'Allow' as const,
  Principal: principal,
  Action: pullActions,
  ...more,
});

const ofRepository = (statement: ReturnType<typeof lets>, scene: PolicyScene = {}) =>
  findingsOf({ ...scene, repositories: { 'team/app': [statement] } }).idle;

describe('policies of users, roles and groups', () => {
  test('of two policies that bring the same each is idle, and names the other', () => {
    const found = ofPolicies({ one: [allow(pullActions)], two: [allow([...pullActions, 'ecr:PutImage'])] });
    expect(found).toEqual([
      {
        kind: 'identity',
        policy: inline('one'),
        owners: [ci],
        fromAll: true,
        reasons: ['covered'],
        by: [inline('two')],
        isOnlyEcr: true,
      },
    ]);
    const twins = ofPolicies({ one: [allow(pullActions)], two: [allow(pullActions)] });
    expect(twins.map(({ policy, by }) => [policy, by])).toEqual([
      [inline('one'), [inline('two')]],
      [inline('two'), [inline('one')]],
    ]);
  });

  test('a policy that brings anything, be it one action on one repository, is not idle', () => {
    const most = [allow('ecr:*', arnOf('team/*'))];
    const repositories = { 'team/app': null, 'other/app': null };
    expect(ofPolicies({ most, rest: [allow('ecr:PutImage', arnOf('other/app'))] }, { repositories })).toEqual([]);
    expect(ofPolicies({ most, rest: [allow('ecr:DescribeRegistry')] }, { repositories })).toEqual([]);
  });

  test('what another policy allows under a condition alone does not cover it', () => {
    const conditional = { ...allow(pullActions), Condition: { Bool: { 'aws:SecureTransport': 'true' } } };
    expect(ofPolicies({ bare: [allow(pullActions)], conditional: [conditional] }).map(({ policy }) => policy)).toEqual([
      inline('conditional'),
    ]);
  });

  test('a policy about an account that was not read may be all that lets somebody pull there', () => {
    const outside = [allow(pullActions, arnOf('aws/image', UNREAD))];
    expect(ofPolicies({ outside })).toEqual([]);
    expect(ofPolicies({ outside, own: [allow('ecr:*', arnOf('*'))] })).toEqual([]);
    expect(ofPolicies({ outside, all: [allow('ecr:*')] }).map(({ policy }) => policy)).toEqual([inline('outside')]);
    // Any account may be meant by a star, too.
    expect(ofPolicies({ any: [allow(pullActions)], own: [allow('ecr:*', arnOf('*'))] })).toEqual([]);
  });

  test('a policy about repositories of which none exists says so', () => {
    expect(ofPolicies({ gone: [allow('ecr:*', arnOf('former/*'))] })).toMatchObject([
      { policy: inline('gone'), reasons: ['namesNothing'], by: [] },
    ]);
  });

  test('a boundary and a service control policy are named where they let nothing through', () => {
    const scene: PolicyScene = {
      roles: { ci: { inline: { push: [allow('ecr:*')] }, boundary: 'edge' } },
      managed: { edge: [allow('s3:*')] },
    };
    expect(idleOf(scene)).toMatchObject([{ policy: inline('push'), reasons: ['boundary'] }]);
    expect(ofPolicies({ push: [allow('ecr:*')] }, { scp: [allow('s3:*')] })).toMatchObject([
      { policy: inline('push'), reasons: ['scp'] },
    ]);
  });

  test('a policy that only forbids is idle while nothing allows what it forbids, and is told apart', () => {
    const deny = [{ ...allow('ecr:DeleteRepository'), Effect: 'Deny' as const }];
    expect(ofPolicies({ deny, pull: [allow(pullActions)] })).toMatchObject([
      { policy: inline('deny'), reasons: ['forbidsOnly'] },
    ]);
    expect(ofPolicies({ deny, all: [allow('ecr:*')] })).toEqual([]);
  });

  test('what a Deny of another policy forbids names that policy', () => {
    const deny = [{ ...allow('ecr:*'), Effect: 'Deny' as const }];
    const found = ofPolicies({ deny, pull: [allow(pullActions)] });
    expect(found.find(({ policy }) => policy === inline('pull'))).toMatchObject({
      reasons: ['forbidden'],
      by: [inline('deny')],
    });
  });

  test('a policy that one has oneself and from a group can be taken from each alone, and not from both', () => {
    const found = idleOf({
      users: { ann: { groups: ['devs'], attached: ['pull'] } },
      groups: { devs: { attached: ['pull'] } },
      managed: { pull: [allow(pullActions)] },
    });
    expect(found).toMatchObject([
      {
        policy: managedArn('pull'),
        owners: [`arn:aws:iam::${A}:group/devs`, `arn:aws:iam::${A}:user/ann`],
        fromAll: false,
        reasons: ['covered'],
        by: [managedArn('pull')],
      },
    ]);
  });

  test('a group keeps a policy that any of its members needs', () => {
    const scene: PolicyScene = {
      users: { ann: { groups: ['devs'], inline: { all: [allow('ecr:*')] } }, bob: { groups: ['devs'] } },
      groups: { devs: { attached: ['pull'] } },
      managed: { pull: [allow(pullActions)] },
    };
    expect(idleOf(scene)).toEqual([]);
    expect(idleOf({ ...scene, users: { ann: scene.users?.['ann'] ?? { groups: [] } } })).toMatchObject([
      {
        policy: managedArn('pull'),
        owners: [`arn:aws:iam::${A}:group/devs`],
        by: [expect.stringContaining('#inline:all')],
      },
    ]);
    expect(idleOf({ ...scene, users: {} })).toMatchObject([{ policy: managedArn('pull'), reasons: ['noMembers'] }]);
  });

  test('a policy without a word of ECR is no candidate, and one that speaks of more says so', () => {
    expect(ofPolicies({ other: [allow('s3:*')], ecr: [allow('ecr:*')] })).toEqual([]);
    expect(ofPolicies({ mixed: [allow(['s3:*', ...pullActions])], ecr: [allow('ecr:*')] })).toMatchObject([
      { policy: inline('mixed'), isOnlyEcr: false },
    ]);
  });

  test('beside a policy that was not read nothing is claimed', () => {
    const { idle } = findingsOf({
      roles: { ci: { inline: { one: [allow(pullActions)], two: [allow(pullActions)] }, attached: ['unread'] } },
    });
    expect(idle).toEqual({ found: [], notKnown: 2 });
  });

  test('in the account of a repository whose policy cannot be read nothing is claimed about it', () => {
    const { idle } = findingsOf({
      roles: { ci: { inline: { one: [allow(pullActions)], two: [allow(pullActions)] } } },
      repositories: { 'team/app': 'unread' },
    });
    expect(idle).toEqual({ found: [], notKnown: 2 });
  });
});

describe('policies of repositories', () => {
  test('a policy that lets in who may already is idle, and names what lets them', () => {
    const scene: PolicyScene = { roles: { ci: { inline: { all: [allow('ecr:*')] } } } };
    expect(ofRepository(lets({ AWS: ci }), scene).found).toMatchObject([
      { kind: 'repository', policy: arnOf('team/app'), reasons: ['covered'], by: [inline('all')] },
    ]);
  });

  test('a policy that lets in an account outside, a service or anyone is not', () => {
    for (const principal of [{ AWS: UNREAD }, { Service: 'lambda.amazonaws.com' }, '*']) {
      expect(ofRepository(lets(principal))).toEqual({ found: [], notKnown: 0 });
    }
  });

  test('a policy for somebody who was deleted, or whose own side does not allow, lets nobody in', () => {
    const nobody = { found: [{ policy: arnOf('team/app'), reasons: ['letsNobodyIn'], by: [] }], notKnown: 0 };
    expect(ofRepository(lets({ AWS: 'AROAFORMER00000000001' }))).toMatchObject(nobody);
    const scene: PolicyScene = { roles: { node: { account: B, inline: { s3: [allow('s3:*')] } } } };
    expect(ofRepository(lets({ AWS: roleArn('node', B) }), scene)).toMatchObject(nobody);
  });

  test('of a policy for those who sign in by a provider nothing is known', () => {
    expect(ofRepository(lets({ Federated: 'arn:aws:iam::111122223333:saml-provider/idp' }))).toEqual({
      found: [],
      notKnown: 1,
    });
  });
});
