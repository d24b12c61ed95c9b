import { describe, expect, test } from 'vitest';
import { allow, arnOf, B, findingsOf, type PolicyScene, pullActions, roleArn, UNREAD } from './policy-scene.ts';

const node = roleArn('node', B);
const lets = (AWS: string, more: object = {}) => ({
  Sid: 'Pull',
  Effect: 'Allow' as const,
  Principal: { AWS },
  Action: pullActions,
  ...more,
});

function oneSided(scene: PolicyScene) {
  return findingsOf(scene).oneSided;
}

const roles = (resource: string): NonNullable<PolicyScene['roles']> => ({
  node: { account: B, inline: { pull: [{ ...allow(pullActions, resource), Sid: 'Far' }] } },
});

describe('an identity policy about a repository of another account', () => {
  test('is in vain where that repository lets nobody of the account in, with the statement', () => {
    const scene = { roles: roles(arnOf('team/*')), repositories: { 'team/app': null, 'team/web': [lets(node)] } };
    expect(oneSided(scene)).toEqual({
      found: [
        {
          side: 'identity',
          policy: `${node}#inline:pull`,
          statement: 'Far',
          actions: pullActions,
          missing: 'resourcePolicy',
          principals: [node],
          repositories: [arnOf('team/app')],
        },
      ],
      notKnown: [],
    });
  });

  test('is not in vain where the other side allows under a condition, or cannot be read', () => {
    const condition = { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } };
    expect(oneSided({ roles: roles(arnOf('*')), repositories: { 'team/app': [lets(B, condition)] } }).found).toEqual(
      [],
    );
    expect(oneSided({ roles: roles(arnOf('*')), repositories: { 'team/app': 'unread' } }).found).toEqual([]);
  });

  test('is not known of an account that was not read', () => {
    expect(oneSided({ roles: roles(arnOf('team/app', UNREAD)) })).toEqual({
      found: [],
      notKnown: [{ side: 'identity', policy: `${node}#inline:pull`, statement: 'Far', accountId: UNREAD }],
    });
  });

  test('is not looked at where it spells no account out', () => {
    expect(oneSided({ roles: roles('*') })).toEqual({ found: [], notKnown: [] });
  });

  test('is not blamed on the other side where only its own boundary stands in the way', () => {
    const found = oneSided({
      roles: { node: { account: B, boundary: 'edge', inline: { pull: [allow(pullActions, arnOf('*'))] } } },
      managed: { edge: [allow('s3:*')] },
      repositories: { 'team/app': [lets(node)] },
    }).found;
    expect(found).toMatchObject([{ side: 'repository', missing: 'identity' }]);
  });
});

describe('a repository policy for a principal of another account', () => {
  const repositories = { 'team/app': [lets(node)] };

  test('is in vain where its own policies do not allow, with the statement', () => {
    const scene = { repositories, roles: { node: { account: B, inline: { s3: [allow('s3:*')] } } } };
    expect(oneSided(scene)).toEqual({
      found: [
        {
          side: 'repository',
          policy: arnOf('team/app'),
          statement: 'Pull',
          actions: pullActions,
          missing: 'identity',
          principals: [node],
          repositories: [arnOf('team/app')],
        },
      ],
      notKnown: [],
    });
  });

  test('is of use where they do, be it for one of the actions', () => {
    const some = { node: { account: B, inline: { some: [allow('ecr:BatchGetImage')] } } };
    expect(oneSided({ repositories, roles: some }).found).toEqual([]);
  });

  test('says where the account has no such principal', () => {
    expect(oneSided({ repositories }).found).toMatchObject([{ missing: 'principal', principals: [node] }]);
  });

  test('for a whole account is of use as soon as one in it may', () => {
    const whole = { 'team/app': [lets(B)] };
    const idle = { account: B, inline: { s3: [allow('s3:*')] } };
    expect(oneSided({ repositories: whole, roles: { node: idle } }).found).toMatchObject([
      { missing: 'identity', principals: [node] },
    ]);
    const puller = { account: B, inline: { pull: [allow(pullActions)] } };
    expect(oneSided({ repositories: whole, roles: { node: idle, puller } }).found).toEqual([]);
  });

  test('is not known of an account, or of policies, that were not read', () => {
    expect(oneSided({ repositories: { 'team/app': [lets(roleArn('far', UNREAD))] } })).toMatchObject({
      found: [],
      notKnown: [{ side: 'repository', policy: arnOf('team/app'), accountId: UNREAD }],
    });
    expect(oneSided({ repositories, roles: { node: { account: B, attached: ['unread'] } } }).found).toEqual([]);
  });
});
