import { assembleSnapshot, pathText, rehearse } from '@ecr-audit/access';
import { describe, expect, test } from 'vitest';
import { expandOrganization } from '../conformance/expand.ts';

const shop = '111111111111';
const tools = '222222222222';
const role = `arn:aws:iam::${shop}:role/deploy`;
const push = `arn:aws:iam::${shop}:policy/Push`;
const repository = `arn:aws:ecr:eu-west-1:${shop}:repository/team/app`;
const all = { Effect: 'Allow', Action: 'ecr:*', Resource: '*' };
const good = { Version: '2012-10-17', Statement: [all] };
const deny = { Effect: 'Deny', Principal: '*', Action: 'ecr:*', Resource: '*' };

const snapshot = assembleSnapshot(
  expandOrganization({
    accounts: {
      [shop]: {
        roles: { deploy: { managed: ['Push'], policies: { own: [all] } }, fenced: { boundary: 'Fence' } },
        groups: { builders: {} },
        managed: { Push: [all], Fence: [all] },
        repositories: { 'team/app': {} },
      },
      [tools]: { repositories: {} },
    },
    tree: {
      accounts: { [shop]: { scps: ['FullAWSAccess', 'Guard'] } },
      policies: { Guard: [{ ...all, Effect: 'Deny' }] },
    },
    raw: {
      [`accounts/${tools}/account-authorization-details.json`]: null,
      [`accounts/${tools}/eu-west-1/repositories.json`]: null,
    },
  }),
);

function refusal(...changes: readonly unknown[]): string[] {
  const result = rehearse(snapshot, { changes }, null);
  return result.kind === 'refused'
    ? result.problems.map(({ path, place, position, message }) =>
        [pathText(path), place, position === null ? null : `${position.line}:${position.column}`, message]
          .filter((part) => part !== null)
          .join(' | '),
      )
    : [];
}

describe('a name that the snapshot does not have is refused with the nearest ones', () => {
  test.each([
    [{ change: 'putInlinePolicy', identity: `${role}y`, name: 'a', document: good }, 'changes[0].identity', role],
    [
      { change: 'putInlinePolicy', identity: `arn:aws:iam::${shop}:group/builder`, name: 'a', document: good },
      'changes[0].identity',
      'group/builders',
    ],
    [
      { change: 'attachManagedPolicy', policy: `arn:aws:iam::${shop}:policy/Pusch`, identity: role },
      'changes[0].policy',
      push,
    ],
    [{ change: 'detachManagedPolicy', policy: `${push}s`, identity: role }, 'changes[0].policy', push],
    [{ change: 'deleteInlinePolicy', identity: role, name: 'mine' }, 'changes[0].name', '`own`'],
    [{ change: 'deleteRepositoryPolicy', repository: `${repository}s` }, 'changes[0].repository', repository],
    [{ change: 'putServiceControlPolicy', name: 'Gaurd', document: good }, 'changes[0].name', '`Guard`'],
    [{ change: 'attachServiceControlPolicy', name: 'Guard', target: '111111111112' }, 'changes[0].target', shop],
    [
      { change: 'putRegistryPolicy', account: shop, region: 'eu-west-9', document: good },
      'changes[0].region',
      'eu-west-1',
    ],
    [
      { change: 'putInlinePolicy', identity: `arn:aws:iam::333333333333:role/x`, name: 'a', document: good },
      'changes[0].identity',
      shop,
    ],
    [
      {
        change: 'setRepositoryPolicy',
        repository,
        document: { Version: '2012-10-17', Statement: [{ ...deny, Principal: { AWS: `${role}x` } }] },
      },
      'changes[0].document | Statement[0].Principal',
      role,
    ],
  ])('%j', (change, place, near) => {
    const [first = ''] = refusal(change);
    expect(first).toContain(`${place} | `);
    expect(first).toContain(near);
  });
});

describe('what AWS would refuse is refused', () => {
  test('a document that is malformed, with line and column of its text', () => {
    const document =
      '{"Version": "2012-10-17",\n "Statement": [{"Effect": "Alow", "Action": "ecr:*", "Resource": "*"}]}';
    expect(refusal({ change: 'putManagedPolicy', policy: push, document })).toEqual([
      'changes[0].document | Statement[0].Effect | 2:27 | is `Alow`: expected `Allow` or `Deny`',
    ]);
    expect(refusal({ change: 'putManagedPolicy', policy: push, document: '{"Statement": [' })[0]).toContain('1:16');
  });

  test.each([
    ['putManagedPolicy', { policy: push }, 6_144],
    ['putInlinePolicy', { identity: `arn:aws:iam::${shop}:group/builders`, name: 'a' }, 5_120],
    ['putInlinePolicy', { identity: role, name: 'a' }, 10_240],
    ['setRepositoryPolicy', { repository }, 10_240],
    ['putServiceControlPolicy', { name: 'Guard' }, 5_120],
  ])('%s with a document that is too large', (change, more, lengthMax) => {
    const isRepository = change === 'setRepositoryPolicy';
    const statement = isRepository ? { ...all, Principal: '*' } : all;
    const document = { Version: '2012-10-17', Statement: [{ ...statement, Sid: 'x'.repeat(lengthMax) }] };
    expect(refusal({ change, ...more, document })[0]).toContain(`expected at most ${lengthMax}`);
  });

  test.each([
    [
      'an SCP that would be the last one to go',
      { change: 'detachServiceControlPolicy', name: 'FullAWSAccess', target: tools },
      'only SCP',
    ],
    [
      'another version of a policy of AWS Organizations',
      { change: 'putServiceControlPolicy', name: 'FullAWSAccess', document: good },
      "AWS's own",
    ],
    [
      'an RCP that allows',
      {
        change: 'attachResourceControlPolicy',
        name: 'R',
        target: shop,
        document: { Version: '2012-10-17', Statement: [{ ...deny, Effect: 'Allow' }] },
      },
      'expected `Deny`',
    ],
    [
      'an RCP for somebody',
      {
        change: 'attachResourceControlPolicy',
        name: 'R',
        target: shop,
        document: { Version: '2012-10-17', Statement: [{ ...deny, Principal: { AWS: role } }] },
      },
      'expected `*`',
    ],
    [
      'a policy deleted that is a boundary',
      { change: 'deleteManagedPolicy', policy: `arn:aws:iam::${shop}:policy/Fence` },
      'permissions boundary of 1',
    ],
    [
      'a policy of AWS deleted',
      { change: 'deleteManagedPolicy', policy: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
      'detachManagedPolicy',
    ],
    [
      'a policy of another account',
      { change: 'attachManagedPolicy', policy: `arn:aws:iam::${tools}:policy/P`, identity: role, document: good },
      'another account',
    ],
    ['a policy that is attached already', { change: 'attachManagedPolicy', policy: push, identity: role }, 'already'],
    ['a repository policy that is not there', { change: 'deleteRepositoryPolicy', repository }, 'has no policy'],
    [
      'a boundary that is not there',
      { change: 'deletePermissionsBoundary', identity: role },
      'has no permissions boundary',
    ],
  ])('%s', (_, change, expected) => {
    expect(refusal(change)[0]).toContain(expected);
  });
});

describe('what nobody can tell is refused, rather than guessed', () => {
  test.each([
    [
      'principals of an account whose IAM was not read',
      { change: 'putInlinePolicy', identity: `arn:aws:iam::${tools}:role/x`, name: 'a', document: good },
      'could not be read',
    ],
    [
      'repositories that were not listed',
      { change: 'deleteRepositoryPolicy', repository: `arn:aws:ecr:eu-west-1:${tools}:repository/x` },
      'could not be listed',
    ],
    [
      'an SCP that is attached nowhere',
      { change: 'attachServiceControlPolicy', name: 'Elsewhere', target: shop },
      '`document`',
    ],
    [
      'a policy of AWS that the snapshot does not hold',
      { change: 'attachManagedPolicy', policy: 'arn:aws:iam::aws:policy/Any', identity: role },
      '`document`',
    ],
  ])('%s', (_, change, expected) => {
    expect(refusal(change)[0]).toContain(expected);
  });

  test('an organization that was not collected', () => {
    const alone = assembleSnapshot(expandOrganization({ accounts: { [shop]: {} }, tree: null }));
    const result = rehearse(alone, { changes: [{ change: 'deleteServiceControlPolicy', name: 'Guard' }] }, null);
    expect(result).toMatchObject({ kind: 'refused', problems: [{ message: 'the snapshot holds no organization' }] });
  });
});

describe('input that is no list of changes', () => {
  test.each([
    [null, 'expected an object'],
    [{ changes: [] }, 'at least one change'],
    [{ changes: 'x' }, 'expected a list'],
    [{ changes: [{ change: 'setRepositoryPolicy', repository }] }, 'changes[0].document'],
    [{ changes: [{ change: 'nothing' }] }, '`setRepositoryPolicy`'],
    [{ changes: [{ change: 'deleteRepositoryPolicy', repository, extra: 1 }] }, 'changes[0].extra'],
    [{ changes: [{ change: 'deleteRepositoryPolicy', repository: 'team/app' }] }, 'the ARN of a repository'],
    [{ changes: [7] }, 'changes[0]'],
    [{ changes: [], more: 1 }, 'more'],
    [{ changes: Array.from({ length: 101 }, () => ({ change: 'deleteRepositoryPolicy', repository })) }, 'at most 100'],
  ])('%j', (input, expected) => {
    const result = rehearse(snapshot, input, null);
    const texts =
      result.kind === 'refused' ? result.problems.map(({ path, message }) => `${pathText(path)} ${message}`) : [];
    expect(texts.join('\n')).toContain(expected);
  });
});

const long = (length: number): object => ({
  Version: '2012-10-17',
  Statement: [{ ...all, Resource: `arn:aws:ecr:*:*:repository/${'a'.repeat(length)}` }],
});
const put = (name: string, length: number): object => ({
  change: 'putInlinePolicy',
  identity: role,
  name,
  document: long(length),
});

describe('the limit for inline policies is for all of one user, role or group together', () => {
  test('several that are each short enough are refused where they are too long together', () => {
    expect(refusal(put('a', 5000))).toEqual([]);
    expect(refusal(put('a', 5000), put('b', 5000))).toEqual([
      expect.stringMatching(/^changes\[1\]\.document \| the 3 inline policies .* at most 10240 together/),
    ]);
  });

  test('one that replaces another counts once, and one that is deleted not at all', () => {
    expect(refusal(put('a', 5000), put('a', 6000))).toEqual([]);
    expect(
      refusal(put('a', 5000), { change: 'deleteInlinePolicy', identity: role, name: 'a' }, put('b', 6000)),
    ).toEqual([]);
  });
});
