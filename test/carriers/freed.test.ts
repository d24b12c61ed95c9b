import { assembleSnapshot, type HeldCarrier, rankCarriers } from '@ecr-audit/access';
import { expect, test } from 'vitest';
import { expandOrganization } from '../conformance/expand.ts';
import type { CompactAccount } from '../conformance/schema.ts';

const shop = '111111111111';
const all = { Effect: 'Allow', Action: 'ecr:*', Resource: '*' };
const push = {
  Effect: 'Allow',
  Action: [
    'ecr:GetAuthorizationToken',
    'ecr:BatchCheckLayerAvailability',
    'ecr:InitiateLayerUpload',
    'ecr:UploadLayerPart',
    'ecr:CompleteLayerUpload',
    'ecr:PutImage',
    'ecr:BatchGetImage',
  ],
  Resource: '*',
};

function ranked(account: CompactAccount, by?: 'push'): readonly HeldCarrier[] {
  const parts = expandOrganization({ accounts: { [shop]: { repositories: { app: {} }, ...account } } });
  return rankCarriers(assembleSnapshot(parts), parts, by === undefined ? {} : { by });
}

function find(carriers: readonly HeldCarrier[], name: string): HeldCarrier {
  const found = carriers.find((carrier) => carrier.name === name);
  if (found === undefined) {
    throw new Error(`no ${name}`);
  }
  return found;
}

test('who has the same from elsewhere is not freed: another policy, a group, a repository policy', () => {
  const carriers = ranked({
    roles: {
      alone: { managed: ['All'] },
      twice: { managed: ['All', 'Push'] },
      inline: { managed: ['All'], policies: { own: [all] } },
      named: { managed: ['All'] },
    },
    users: { member: { managed: ['All'], groups: ['pushers'] } },
    groups: { pushers: { managed: ['Push'] } },
    managed: { All: [all], Push: [push] },
    repositories: {
      app: {
        policy: [
          { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${shop}:role/named` }, Action: 'ecr:BatchDeleteImage' },
        ],
      },
    },
  });
  const { freed, principals } = find(carriers, 'All');
  const alone = `arn:aws:iam::${shop}:role/alone`;
  const named = `arn:aws:iam::${shop}:role/named`;
  expect(principals).toBe(5);
  expect(freed.ecr).toEqual([alone]);
  expect(freed.push).toEqual([alone, named]);
  expect(freed.delete).not.toContain(named);
  expect(freed.administer).toEqual([
    alone,
    named,
    `arn:aws:iam::${shop}:role/twice`,
    `arn:aws:iam::${shop}:user/member`,
  ]);
  expect(find(carriers, 'Push').freed).toMatchObject({ ecr: [], push: [], administer: [] });
  expect(carriers[0]?.name).toBe('All');
});

test('a policy is taken from groups too, and the groups keep what else they bring', () => {
  const carriers = ranked({
    users: { a: { groups: ['g'] }, b: { groups: ['g', 'other'] } },
    groups: {
      g: { managed: ['Push'], policies: { look: [{ ...all, Action: 'ecr:ListImages' }] } },
      other: { managed: ['Push'] },
    },
    managed: { Push: [push] },
  });
  expect(find(carriers, 'Push')).toMatchObject({
    principals: 2,
    freed: { ecr: [], push: [`arn:aws:iam::${shop}:user/a`, `arn:aws:iam::${shop}:user/b`] },
  });
});

test('a boundary brings nothing: it is counted apart, and frees nobody', () => {
  const carriers = ranked({
    roles: { fenced: { managed: ['Push'], boundary: 'Fence' }, lone: { boundary: 'Fence' } },
    managed: { Push: [push], Fence: [all] },
  });
  expect(find(carriers, 'Fence')).toMatchObject({ principals: 0, boundaries: 2, freed: { ecr: [], push: [] } });
  expect(find(carriers, 'Push').freed.ecr).toEqual([`arn:aws:iam::${shop}:role/fenced`]);
});

test('a policy whose actions something else denies frees nobody', () => {
  const carriers = ranked({
    roles: { r: { managed: ['Push'], policies: { no: [{ ...all, Effect: 'Deny' }] } } },
    managed: { Push: [push] },
  });
  expect(find(carriers, 'Push')).toMatchObject({ principals: 1, freed: { ecr: [], push: [] } });
});

test('what is not known to be gone frees nobody: a policy that could not be read may bring the same', () => {
  const carriers = ranked({
    roles: { r: { managed: ['Push', 'Unread'] } },
    managed: { Push: [push] },
  });
  expect(find(carriers, 'Push').freed).toMatchObject({ ecr: [], push: [] });
});

test('the ranking is by what is asked', () => {
  const account: CompactAccount = {
    roles: { a: { managed: ['Look'] }, b: { managed: ['Look'] }, c: { managed: ['Push'] } },
    managed: { Look: [{ ...all, Action: 'ecr:Describe*' }], Push: [push] },
  };
  expect(ranked(account).map(({ name }) => name)).toEqual(['Look', 'Push']);
  expect(ranked(account, 'push').map(({ name }) => name)).toEqual(['Push', 'Look']);
});

test('the same ARN with another version in another account is listed for itself', () => {
  const arn = 'arn:aws:iam::aws:policy/Shared';
  const parts = expandOrganization({
    accounts: {
      [shop]: { roles: { a: { managed: [arn] } }, managed: { [arn]: [push] }, repositories: { app: {} } },
      '222222222222': { roles: { b: { managed: [arn] } }, managed: { [arn]: [push] } },
    },
  }).map((part) =>
    part.path.startsWith('accounts/222222222222/account-auth')
      ? { ...part, content: part.content.replaceAll('"v1"', '"v2"') }
      : part,
  );
  const carriers = rankCarriers(assembleSnapshot(parts), parts);
  expect(carriers.map(({ version, principals }) => [version, principals])).toEqual([
    ['v1', 1],
    ['v2', 1],
  ]);
});
