import {
  assembleSnapshot,
  DAY_MS,
  type PrincipalSuggestion,
  snapshotActivity,
  suggestForPrincipal,
  suggestForRepository,
  type SuggestedStatement,
  type SuggestionInput,
} from '@ecr-audit/access';
import { describe, expect, test } from 'vitest';
import {
  A,
  arnOf,
  B,
  type Call,
  OUTSIDE,
  partsOf,
  region,
  type Scene,
  type Statement,
  takenAt,
} from '../over-permission/scene.ts';

const asOfMs = Date.parse(takenAt);
const id = 'AROACIEXAMPLE00000001';
const pullAll: readonly Statement[] = [
  {
    Effect: 'Allow',
    Action: ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    Resource: '*',
  },
];
const everything: readonly Statement[] = [{ Effect: 'Allow', Action: 'ecr:*', Resource: '*' }];

function inputFor(scene: Scene, more: Pick<SuggestionInput, 'capability'> = {}): SuggestionInput {
  const parts = partsOf(scene);
  const snapshot = assembleSnapshot(parts);
  return {
    snapshot,
    ...snapshotActivity(snapshot, parts),
    period: { asOfMs, fromMs: asOfMs - 90 * DAY_MS },
    ...more,
  };
}

function role(statements: readonly Statement[]): Pick<Scene, 'roles'> {
  return { roles: [{ name: 'ci', id, statements }] };
}

function suggested(scene: Scene, more: Pick<SuggestionInput, 'capability'> = {}): PrincipalSuggestion {
  const suggestion = suggestForPrincipal({ ...inputFor(scene, more), principalId: id });
  if (suggestion.kind !== 'suggested') {
    throw new Error(JSON.stringify(suggestion));
  }
  return suggestion;
}

function statementsOf({ documents }: PrincipalSuggestion): SuggestedStatement[] {
  return documents.flatMap(({ Statement: statements }) => statements);
}

function bySid(suggestion: PrincipalSuggestion): Record<string, unknown> {
  return Object.fromEntries(statementsOf(suggestion).map(({ Sid, Resource }) => [Sid ?? '', Resource]));
}

const pull = (repository: string, more: Partial<Call> = {}): Call => ({
  name: 'BatchGetImage',
  daysAgo: 2,
  repository,
  ...more,
});
const login: Call = { name: 'GetAuthorizationToken', daysAgo: 2 };

describe('the least policy of a role', () => {
  test('pull only where nothing was pushed, the token on `*` alone', () => {
    const suggestion = suggested({
      ...role(everything),
      repositories: ['team/app', 'x'],
      calls: [login, pull('team/app')],
    });
    expect(statementsOf(suggestion)).toEqual([
      { Sid: 'Token', Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: '*' },
      {
        Sid: 'Pull',
        Effect: 'Allow',
        Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Resource: [arnOf('team/app')],
      },
    ]);
    expect(suggestion.nearest?.name).toBe('AmazonEC2ContainerRegistryPullOnly');
    expect(suggestion.nearest?.leavesOver).toContainEqual({ action: 'ecr:BatchGetImage', repositories: 1 });
  });

  test('push on the repositories that were pushed to, pull on the others', () => {
    const calls = [login, pull('base/node'), { name: 'PutImage', daysAgo: 1, repository: 'team/app' }];
    expect(bySid(suggested({ ...role(everything), repositories: ['base/node', 'team/app'], calls }))).toEqual({
      Token: '*',
      Pull: [arnOf('base/node')],
      Push: [arnOf('team/app')],
    });
  });

  test('a prefix stands for its repositories where the role may use those to come already today', () => {
    const names = ['team/a', 'team/b', 'team/c'];
    const calls = [login, ...names.map((name) => pull(name))];
    const repositories = [...names, 'other/a'];
    expect(bySid(suggested({ ...role(pullAll), repositories, calls }))['Pull']).toEqual([arnOf('team/*')]);
    const named: Statement[] = [
      { Effect: 'Allow', Action: 'ecr:*', Resource: names.map(arnOf) },
      ...pullAll.map((each) => ({ ...each, Action: 'ecr:GetAuthorizationToken' })),
    ];
    expect(bySid(suggested({ ...role(named), repositories, calls }))['Pull']).toEqual(names.map(arnOf));
  });

  test('the condition under which a right is held today goes along', () => {
    const condition = { StringEquals: { 'aws:SourceVpce': ['vpce-1'] } };
    const suggestion = suggested({
      ...role([{ ...everything[0], Effect: 'Allow', Action: 'ecr:*', Resource: '*', Condition: condition }]),
      calls: [login, pull('team/app')],
    });
    expect(statementsOf(suggestion).map(({ Condition }) => Condition)).toEqual([condition, condition]);
  });

  test('Deny statements stay where they are, and what they forbid is said', () => {
    const statements: Statement[] = [...everything, { Effect: 'Deny', Action: 'ecr:PutImage', Resource: '*' }];
    const calls = [login, pull('team/app'), { name: 'PutImage', daysAgo: 30, repository: 'team/app' }];
    const suggestion = suggested({ ...role(statements), calls });
    expect(suggestion.proof.deniedAlready.map(({ action }) => action)).toEqual(['ecr:PutImage']);
    expect(JSON.stringify(suggestion.documents)).not.toContain('PutImage');
  });

  test('what a repository policy gives by itself needs no statement', () => {
    const policies = {
      'team/app': [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${A}:role/ci` },
          Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        },
      ],
    } as const;
    const suggestion = suggested({ ...role(everything), policies, calls: [login, pull('team/app')] });
    expect(Object.keys(bySid(suggestion))).toEqual(['Token']);
    expect(suggestion.proof.keptByOthers.map(({ action }) => action)).toEqual(['ecr:BatchGetImage']);
  });

  test('a chosen capability leaves the other uses out, and says so', () => {
    const calls = [login, pull('team/app'), { name: 'PutImage', daysAgo: 1, repository: 'team/app' }];
    const suggestion = suggested({ ...role(everything), calls }, { capability: 'pull' });
    expect(Object.keys(bySid(suggestion))).toEqual(['Token', 'Pull']);
    expect(suggestion.proof.leftOut.map(({ action }) => action)).toEqual(['ecr:PutImage']);
  });

  test('images of others that were pulled stay, a repository that is gone does not', () => {
    const calls = [login, pull('team/app'), pull('gone/app')];
    const parts = inputFor({ ...role(pullAll), calls });
    const outside = {
      ...parts,
      uses: [
        ...parts.uses,
        ...parts.uses.slice(1, 2).map((use) => ({ ...use, accountId: '602401143452', repository: 'eks/pause' })),
      ],
    };
    const suggestion = suggestForPrincipal({ ...outside, principalId: id });
    expect(suggestion).toMatchObject({ kind: 'suggested', proof: { leftOut: [{ resource: arnOf('gone/app') }] } });
    expect(JSON.stringify(suggestion)).toContain(`arn:aws:ecr:${region}:602401143452:repository/eks/pause`);
  });

  test('rights that are taken away without anybody having seen whether they were used are told apart', () => {
    const { removed } = suggested({ ...role(everything), calls: [login, pull('team/app')] }).proof;
    const doubts = new Map(removed.map(({ action, doubt }) => [action, doubt]));
    expect(doubts.get('ecr:PutImage')).toBeNull();
    expect(doubts.get('ecr:DescribeImages')).toBe('eventsNotRead');
    expect(doubts.get('ecr:DescribeRegistry')).toBe('eventsNotRead');
    expect(doubts.get('ecr:ReplicateImage')).toBe('neverRecorded');
  });

  test('many repositories are divided into policies that AWS takes', () => {
    const repositories = Array.from({ length: 150 }, (_, index) => `service-${index}-with-a-long-name/app`);
    const suggestion = suggested({
      ...role(pullAll),
      repositories,
      calls: [login, ...repositories.map((name) => pull(name))],
    });
    expect(suggestion.documents.length).toBeGreaterThan(1);
    expect(Math.max(...suggestion.documents.map((document) => JSON.stringify(document).length))).toBeLessThanOrEqual(
      6144,
    );
  });

  test('more than ten policies hold is refused', () => {
    const repositories = Array.from({ length: 700 }, (_, index) => `service-${index}-with-a-long-name/application`);
    const input = inputFor({ ...role(pullAll), repositories, calls: repositories.map((name) => pull(name)) });
    expect(suggestForPrincipal({ ...input, principalId: id })).toMatchObject({ kind: 'refused', code: 'tooLarge' });
  });

  test.each([
    ['somebody who is not in the snapshot', {}, 'AROANOBODY', 'notInSnapshot'],
    ['a role without use in a window with holes', { windows: { [A]: null } }, id, 'nothingSeen'],
    ['a role without rights', role([]), id, 'nothingHeld'],
  ] as const)('%s gets no suggestion but a reason', (_, scene, principalId, code) => {
    expect(suggestForPrincipal({ ...inputFor(scene), principalId })).toMatchObject({ kind: 'refused', code });
  });

  test('a role that uses nothing in a window that was wholly seen needs no policy', () => {
    const suggestion = suggested({ ...role(everything) });
    expect(suggestion.documents).toEqual([]);
    expect(suggestion.replaces).toEqual([`arn:aws:iam::${A}:role/ci#inline:rights`]);
  });
});

describe('the least policy of a repository', () => {
  const node = `arn:aws:iam::${B}:role/node`;
  const nodeCall = pull('team/app', { recordedIn: B, account: B, roleName: 'node', roleId: 'AROANODEEXAMPLE000001' });
  const open: Statement[] = [
    {
      Effect: 'Allow',
      Principal: { AWS: [`arn:aws:iam::${B}:root`, `arn:aws:iam::${OUTSIDE}:root`] },
      Action: 'ecr:*',
    },
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'ecr:BatchGetImage' },
    { Effect: 'Deny', Principal: '*', Action: 'ecr:DeleteRepository' },
  ];

  test('names those of other accounts who used it; services and denials stay', () => {
    const suggestion = suggestForRepository({
      ...inputFor({ ...role([]), policies: { 'team/app': open }, calls: [nodeCall] }),
      repositoryArn: arnOf('team/app'),
    });
    expect(suggestion).toMatchObject({
      kind: 'suggested',
      document: {
        Statement: [
          { Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com'] }, Action: ['ecr:BatchGetImage'] },
          { Effect: 'Deny', Principal: { AWS: ['*'] }, Action: ['ecr:DeleteRepository'] },
          {
            Sid: 'Pull',
            Effect: 'Allow',
            Principal: { AWS: [node] },
            Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
          },
        ],
      },
    });
    const removed = suggestion.kind === 'suggested' ? suggestion.proof.removed : [];
    expect(removed.find(({ principal }) => principal.accountId === OUTSIDE)?.doubt).toBe('outsideUseNotSeen');
  });

  test.each([
    ['a repository without a policy', {}, 'nothingHeld'],
    ['nobody seen, and nobody watching', { policies: { 'team/app': open }, windows: { [A]: null } }, 'nothingSeen'],
  ] as const)('%s gets no suggestion but a reason', (_, scene, code) => {
    const suggestion = suggestForRepository({ ...inputFor(scene), repositoryArn: arnOf('team/app') });
    expect(suggestion).toMatchObject({ kind: 'refused', code });
  });
});
