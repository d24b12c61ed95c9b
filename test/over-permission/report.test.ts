import {
  assembleSnapshot,
  DAY_MS,
  evaluateSnapshot,
  grantedBy,
  members,
  overPermission,
  type OverPermissionReport,
  type PrincipalUse,
  productionTest,
  snapshotActivity,
} from '@ecr-audit/access';
import { describe, expect, test } from 'vitest';
import { A, arnOf, B, OUTSIDE, partsOf, pushEverywhere, type Scene, takenAt } from './scene.ts';

const asOfMs = Date.parse(takenAt);

function reportOn(scene: Scene, createdMs?: ReadonlyMap<string, number>): OverPermissionReport {
  const parts = partsOf(scene);
  const snapshot = assembleSnapshot(parts);
  const result = evaluateSnapshot(snapshot);
  return overPermission({
    granted: { repositories: result.repositories, access: grantedBy(result.access) },
    principals: result.principals,
    accountIds: new Set(result.covered.iamAccounts),
    ...snapshotActivity(snapshot, parts),
    period: { asOfMs, fromMs: asOfMs - 90 * DAY_MS },
    isProduction: productionTest(result.accounts, []),
    ...(createdMs === undefined ? {} : { createdMs }),
  });
}

function principal(report: OverPermissionReport, arnEnd: string): PrincipalUse {
  const found = report.principals.find(({ principal: { arn } }) => arn.endsWith(arnEnd));
  if (found === undefined) {
    throw new Error(`the report has no \`${arnEnd}\``);
  }
  return found;
}

/** `used`, or the confidence or reason, by repository. */
function states(report: OverPermissionReport, arnEnd: string, right: string): Record<string, string> {
  const { capabilities, actions } = principal(report, arnEnd);
  const use = [...capabilities, ...actions].find((each) => each.right === right);
  const nameOf = (index: number): string => report.repositories[index]?.name ?? '';
  return Object.fromEntries([
    ...(use?.used ?? []).map(({ index }): [string, string] => [nameOf(index), 'used']),
    ...(use?.absent ?? []).flatMap(({ absence, set }) =>
      [...members(set)].map((index): [string, string] => [
        nameOf(index),
        absence.kind === 'unused' ? absence.confidence : absence.reason,
      ]),
    ),
  ]);
}

describe('use against grants', () => {
  test('a push is a use of push, and nothing else becomes used by it', () => {
    const report = reportOn({
      repositories: ['team/app', 'team/web'],
      calls: [{ name: 'PutImage', daysAgo: 3 }],
    });
    expect(states(report, 'role/ci', 'push')).toEqual({ 'team/app': 'used', 'team/web': 'high' });
    expect(states(report, 'role/ci', 'pull')).toEqual({ 'team/app': 'high', 'team/web': 'high' });
    expect(principal(report, 'role/ci').findings).toEqual(['neverDeletes', 'neverAdministers']);
  });

  test('a call that was refused is no use', () => {
    const report = reportOn({ calls: [{ name: 'PutImage', daysAgo: 3, errorCode: 'AccessDenied' }] });
    expect(states(report, 'role/ci', 'push')).toEqual({ 'team/app': 'high' });
  });

  test('a use older than the period is none', () => {
    const report = reportOn({ calls: [{ name: 'PutImage', daysAgo: 95 }] });
    expect(states(report, 'role/ci', 'push')).toEqual({ 'team/app': 'high' });
  });

  test('without any CloudTrail nothing is unused, and a use that was seen is one all the same', () => {
    const report = reportOn({
      repositories: ['team/app', 'team/web'],
      calls: [{ name: 'PutImage', daysAgo: 3 }],
      windows: { [A]: null },
    });
    expect(states(report, 'role/ci', 'push')).toEqual({ 'team/app': 'used', 'team/web': 'noCloudTrail' });
    expect(principal(report, 'role/ci').findings).toEqual([]);
  });

  test('a window that is not complete, and whose gaps name no event, shows nothing', () => {
    const report = reportOn({ windows: { [A]: { from: '2026-08-20T00:00:00Z', complete: false } } });
    expect(states(report, 'role/ci', 'push')).toEqual({ 'team/app': 'noCloudTrail' });
  });

  test('whoever comes from another account is judged by both histories', () => {
    const policies = {
      'team/app': [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${B}:root` },
          Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        },
      ],
    } as const;
    expect(states(reportOn({ policies }), 'role/node', 'pull')).toEqual({ 'team/app': 'high' });
    expect(states(reportOn({ policies, windows: { [B]: null } }), 'role/node', 'pull')).toEqual({
      'team/app': 'noCloudTrail',
    });
    const call = {
      name: 'BatchGetImage',
      daysAgo: 2,
      account: B,
      roleName: 'node',
      roleId: 'AROANODEEXAMPLE000001',
      recordedIn: B,
    };
    expect(states(reportOn({ policies, calls: [call] }), 'role/node', 'pull')).toEqual({ 'team/app': 'used' });
  });

  test('an outsider is not idle because nobody tells of it, and is used where its account was seen', () => {
    const policies = {
      'team/app': [
        { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OUTSIDE}:root` }, Action: 'ecr:BatchGetImage' },
        { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OUTSIDE}:root` }, Action: 'ecr:GetDownloadUrlForLayer' },
      ],
      'team/web': [
        { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OUTSIDE}:root` }, Action: 'ecr:BatchGetImage' },
      ],
    } as const;
    const repositories = ['team/app', 'team/web'];
    expect(states(reportOn({ policies, repositories }), `${OUTSIDE}:root`, 'ecr:BatchGetImage')).toEqual({
      'team/app': 'outsideUseNotSeen',
      'team/web': 'outsideUseNotSeen',
    });
    const identity = { type: 'AWSAccount', principalId: 'AROAPARTNEREXAMPLE001:x', accountId: OUTSIDE };
    const report = reportOn({ policies, repositories, calls: [{ name: 'BatchGetImage', daysAgo: 2, identity }] });
    expect(states(report, `${OUTSIDE}:root`, 'ecr:BatchGetImage')).toEqual({ 'team/app': 'used', 'team/web': 'low' });
  });

  test('use by an AWS service on behalf of a role is told apart', () => {
    const report = reportOn({
      calls: [{ name: 'SetRepositoryPolicy', daysAgo: 2, invokedBy: 'cloudformation.amazonaws.com' }],
    });
    const use = principal(report, 'role/ci').capabilities.find(({ right }) => right === 'administer');
    expect(use?.used.map(({ onBehalfOf }) => onBehalfOf)).toEqual([['cloudformation.amazonaws.com']]);
  });

  test('a repository that was made again was not used before, and nothing is known of its predecessor', () => {
    const report = reportOn({
      calls: [
        { name: 'PutImage', daysAgo: 40 },
        { name: 'CreateRepository', daysAgo: 20 },
      ],
    });
    expect(states(report, 'role/ci', 'push')).toEqual({ 'team/app': 'repositoryMadeAgain' });
    expect(states(report, 'role/ci', 'pull')).toEqual({ 'team/app': 'low' });
  });

  test('a repository that is younger than what was used under its name was made again, though no event tells of it', () => {
    const created = new Map([[arnOf('team/app'), asOfMs - 20 * DAY_MS]]);
    const report = reportOn(
      { repositories: ['team/app', 'team/web'], calls: [{ name: 'PutImage', daysAgo: 40 }] },
      created,
    );
    expect(states(report, 'role/ci', 'push')).toEqual({ 'team/app': 'repositoryMadeAgain', 'team/web': 'high' });
    // Nobody could have pulled from it before, so the window begins with it.
    expect(states(report, 'role/ci', 'pull')).toEqual({ 'team/app': 'low', 'team/web': 'high' });
  });

  test('a repository that was made in this week is not called unused, and its own creation is a use', () => {
    const created = new Map([[arnOf('team/app'), asOfMs - 2 * DAY_MS + 900]]);
    const report = reportOn({ calls: [{ name: 'CreateRepository', daysAgo: 2 }] }, created);
    expect(states(report, 'role/ci', 'push')).toEqual({ 'team/app': 'windowTooShort' });
    expect(states(report, 'role/ci', 'ecr:CreateRepository')).toEqual({ 'team/app': 'used' });
  });

  test('a window with a hole counts from the end of the hole, and one that ends early says so', () => {
    const hole = { from: '2026-11-01T00:00:00Z', complete: true };
    expect(states(reportOn({ windows: { [A]: hole } }), 'role/ci', 'push')).toEqual({ 'team/app': 'low' });
    const short = { from: '2026-11-20T00:00:00Z', complete: true };
    expect(states(reportOn({ windows: { [A]: short } }), 'role/ci', 'push')).toEqual({ 'team/app': 'windowTooShort' });
  });

  test('a role that was made again has not the use of the one before it, and is not idle either', () => {
    const report = reportOn({ calls: [{ name: 'PutImage', daysAgo: 40, roleId: 'AROAEARLIEREXAMPLE01' }] });
    expect(states(report, 'role/ci', 'push')).toEqual({ 'team/app': 'principalMadeAgain' });
    expect(report.gone).toMatchObject([
      { key: 'AROAEARLIEREXAMPLE01', replacedBy: { id: 'AROACIEXAMPLE00000001' }, events: 1 },
    ]);
  });

  test('a renamed principal keeps its use: its id stays', () => {
    const report = reportOn({ calls: [{ name: 'PutImage', daysAgo: 4, roleName: 'old-name' }] });
    expect(states(report, 'role/ci', 'push')).toEqual({ 'team/app': 'used' });
  });

  test('a principal that is not there any more is named with its last use', () => {
    const report = reportOn({
      calls: [{ name: 'PutImage', daysAgo: 4, roleName: 'gone', roleId: 'AROAGONEEXAMPLE00001' }],
    });
    expect(report.gone).toMatchObject([
      { key: 'AROAGONEEXAMPLE00001', arn: `arn:aws:iam::${A}:role/gone`, replacedBy: null, events: 1 },
    ]);
  });

  test('a pull without the token is granted and of no use', () => {
    const roles = [
      {
        name: 'ci',
        id: 'AROACIEXAMPLE00000001',
        statements: [{ Effect: 'Allow', Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], Resource: '*' }],
      },
    ] as const;
    const { unusable, findings } = principal(reportOn({ roles }), 'role/ci');
    expect(unusable).toMatchObject([{ capability: 'pull', reason: 'noToken', missing: [] }]);
    expect(findings).toEqual(['cannotUse']);
  });

  test('unused rights over production come first, and root users are left out', () => {
    const statements = [{ Effect: 'Allow', Action: ['ecr:SetRepositoryPolicy'], Resource: '*' }] as const;
    const report = reportOn({
      repositories: ['prod/app', 'team/app', 'team/web'],
      roles: [
        {
          name: 'a-reader',
          id: 'AROAREADEREXAMPLE0001',
          statements: [{ ...pushEverywhere[0], Effect: 'Allow', Action: 'ecr:Batch*' }],
        },
        { name: 'z-admin', id: 'AROAADMINEXAMPLE00001', statements },
      ],
    });
    expect(report.principals.map(({ principal: { name } }) => name)).toEqual(['z-admin', 'a-reader', 'node']);
    expect(principal(report, 'z-admin').unusedOnProduction).toBe(1);
    expect(report.leftOut).toEqual({ rootUsers: 2, serviceLinkedRoles: 0 });
  });

  test('events that cannot be read leave the window of their region unseen', () => {
    const parts = partsOf({}).map((part) =>
      part.path === `accounts/${A}/eu-west-1/cloudtrail-events.ndjson` ? { ...part, content: '{"broken' } : part,
    );
    const snapshot = assembleSnapshot(parts);
    const { observed, rejected } = snapshotActivity(snapshot, parts);
    expect(rejected).toBe(1);
    expect(observed.some(({ accountId }) => accountId === A)).toBe(false);
  });
});
