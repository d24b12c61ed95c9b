import { type DocumentKind, parsePolicyDocument } from '@ecr-audit/policy';
import { describe, expect, test } from 'vitest';

import type { IamPrincipal, NamedDocument, RepositoryPolicy, Snapshot, Tag } from '../snapshot/model.ts';
import { anyoneOutside, iamCaller, serviceCaller } from './caller.ts';
import { type ActionQuestion, evaluateAction, isOutOfQuestion, tokenQuestion } from './evaluate-action.ts';
import { registryTarget, repositoryTarget } from './target.ts';

const OURS = '111122223333';
const OTHER = '222233334444';
const BOUNDARY = 'arn:aws:iam::aws:policy/Boundary';

const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
const nothing = { ...everything, Action: 's3:*' };
const broken = { ...everything, Condition: { StringIs: { 'aws:SourceVpce': 'x' } } };
const forUser = { ...everything, Principal: { AWS: `arn:aws:iam::${OURS}:user/ana` } };
const denial = { ...forUser, Effect: 'Deny', Principal: '*' };
const forTeam = { ...everything, Condition: { StringEquals: { 'aws:PrincipalTag/Team': 'blue' } } };
const forStage = { ...everything, Condition: { StringEquals: { 'aws:ResourceTag/Stage': 'live' } } };

/** Statements, or a text that is no policy document. */
type Given = readonly object[] | string;

interface Scene {
  readonly identity?: Given;
  readonly boundary?: Given;
  readonly session?: Given;
  readonly scp?: Given;
  readonly rcp?: Given;
  readonly repository?: Given;
  readonly registry?: Given;
  readonly kind?: 'user' | 'role';
  readonly tags?: readonly Tag[];
  readonly repositoryTags?: readonly Tag[] | null;
  readonly question?: Partial<ActionQuestion>;
}

function named(policy: string, given: Given, kind: DocumentKind = 'identity'): NamedDocument {
  const document = typeof given === 'string' ? given : { Version: '2012-10-17', Statement: given };
  return { policy, document: parsePolicyDocument(document, kind) };
}

function resourcePolicy(policy: string, given: Given | undefined): RepositoryPolicy {
  return given === undefined ? { kind: 'none' } : { kind: 'policy', named: named(policy, given, 'resource') };
}

function questionOf(scene: Scene): ActionQuestion {
  const kind = scene.kind ?? 'user';
  const ana: IamPrincipal = {
    kind,
    id: 'AIDAANA',
    arn: `arn:aws:iam::${OURS}:${kind}/ana`,
    name: 'ana',
    path: '/',
    tags: scene.tags ?? [],
    inlinePolicies: scene.identity === undefined ? [] : [named('own', scene.identity)],
    attachedPolicyArns: [],
    permissionsBoundaryArn: scene.boundary === undefined ? null : BOUNDARY,
    groups: [],
  };
  const iam = {
    principals: [ana],
    principalsByArn: new Map([[ana.arn, ana]]),
    principalsById: new Map([[ana.id, ana]]),
    rolesByName: new Map<string, IamPrincipal>(),
    groups: new Map(),
    managedPolicies: new Map([[BOUNDARY, named('boundary', scene.boundary ?? [])]]),
  };
  const repository = {
    arn: `arn:aws:ecr:eu-west-1:${OURS}:repository/app`,
    accountId: OURS,
    region: 'eu-west-1',
    name: 'app',
    policy: resourcePolicy('repository', scene.repository),
    tags: scene.repositoryTags === undefined ? [] : scene.repositoryTags,
  };
  const registry = { policy: resourcePolicy('registry', scene.registry), scope: 'V2' } as const;
  const region = { region: 'eu-west-1', repositories: new Map([['app', repository]]), registry };
  const root = {
    id: 'r-1',
    kind: 'root',
    name: 'Root',
    scps: [named('scp', scene.scp ?? [everything])],
    rcps: scene.rcp === undefined ? [] : [named('rcp', scene.rcp, 'resource')],
  } as const;
  const snapshot: Snapshot = {
    takenAt: '2026-11-09T06:00:00Z',
    partition: 'aws',
    gaps: [],
    organization: {
      id: 'o-1',
      managementAccountId: null,
      scpsEnabled: true,
      rcpsEnabled: true,
      accounts: new Map([OURS, OTHER].map((id) => [id, { id, name: id, levels: [root] }])),
    },
    accounts: new Map([
      [OURS, { id: OURS, iam, regions: new Map([['eu-west-1', region]]), cloudTrailWindows: new Map() }],
    ]),
    problems: [],
  };
  return {
    snapshot,
    caller: iamCaller(snapshot, ana, null),
    target: repositoryTarget(repository),
    action: 'ecr:PutImage',
    given: new Map(),
    isComplete: false,
    sessionPolicies: scene.session === undefined ? null : [named('session', scene.session)],
    ...scene.question,
  };
}

function asked(scene: Scene): readonly [string, readonly string[]] {
  const { verdict, limits } = evaluateAction(questionOf(scene));
  return [verdict.decision, [...new Set(limits)]];
}

const token = { action: 'ecr:GetAuthorizationToken', target: registryTarget(OURS, 'eu-west-1') };
const twice: readonly Tag[] = ['Team', 'team'].map((Key) => ({ Key, Value: 'blue' }));

describe('an answer says what it rests on:', () => {
  test.each<readonly [string, Scene, string, readonly string[]]>([
    ['nothing that is in doubt', { identity: [everything] }, 'allowed', []],
    ['the scope of the registry policy', { registry: [forUser] }, 'allowed', ['registryPolicyScopeV2']],
    [
      'not for an action that every scope has, however it is spelled',
      { registry: [forUser], question: { action: 'ECR:REPLICATEIMAGE' } },
      'allowed',
      [],
    ],
    ['not for a registry policy that does not decide', { identity: [everything], registry: [nothing] }, 'allowed', []],
    [
      'a direct grant past the boundary',
      { boundary: [nothing], repository: [forUser] },
      'allowed',
      ['directGrantPastBoundary'],
    ],
    [
      'a direct grant past a session policy',
      { session: [nothing], repository: [forUser] },
      'allowed',
      ['directGrantPastBoundary'],
    ],
    ['not where the boundary allows', { boundary: [everything], repository: [forUser] }, 'allowed', []],
    ['not where nothing grants past it', { identity: [everything], boundary: [nothing] }, 'implicitDeny', []],
    ['not where what it grants is denied', { boundary: [nothing], repository: [forUser, denial] }, 'explicitDeny', []],
    ['an RCP over a token', { identity: [everything], rcp: [denial], question: token }, 'explicitDeny', ['tokenRcps']],
    ['not an RCP over another action', { identity: [everything], rcp: [denial] }, 'explicitDeny', []],
    [
      'an RCP over a token that an SCP denies too',
      { identity: [everything], rcp: [denial], scp: [{ ...everything, Effect: 'Deny' }], question: token },
      'explicitDeny',
      ['tokenRcps'],
    ],
    ['no RCP over a token that nothing allows', { question: token }, 'implicitDeny', []],
    [
      'not an SCP over a token',
      { identity: [everything], scp: [{ ...everything, Effect: 'Deny' }], question: token },
      'explicitDeny',
      [],
    ],
    [
      'tags that could not be read',
      { identity: [forStage], repositoryTags: null },
      'unknown',
      ['repositoryTagsUnread'],
    ],
    ['not tags where something else could not be read', { identity: '{' }, 'unknown', ['documentProblem']],
    ['not tags that do not decide', { identity: [everything], repositoryTags: null }, 'allowed', []],
    [
      'not tags that decide by another statement',
      { identity: [forStage, everything], repositoryTags: null },
      'allowed',
      [],
    ],
    ['not tags that are not there', { identity: [forStage] }, 'implicitDeny', []],
    ['tags that only differ in case', { identity: [everything], tags: twice }, 'allowed', ['ambiguousTagKeys']],
    [
      'tags of the repository that only differ in case',
      { identity: [everything], repositoryTags: twice },
      'allowed',
      ['ambiguousTagKeys'],
    ],
    ['the tags of a role', { kind: 'role', identity: [forTeam] }, 'implicitDeny', ['sessionTags']],
    ['not those of a user', { identity: [forTeam] }, 'implicitDeny', []],
    ['not those that are not asked for', { kind: 'role', identity: [everything] }, 'allowed', []],
    ['not the tags of the repository', { kind: 'role', identity: [forStage] }, 'implicitDeny', []],
    [
      'not tags that are given',
      { kind: 'role', identity: [forTeam], question: { given: new Map([['aws:principaltag/team', ['blue']]]) } },
      'allowed',
      [],
    ],
  ])('%s', (_title, scene, decision, limits) => {
    expect(asked(scene)).toEqual([decision, limits]);
  });
});

describe('a document that cannot be read in full is told, wherever it has a say:', () => {
  const good: Scene = { identity: [everything] };
  test.each<readonly [string, Scene]>([
    ['a statement of the caller', { identity: [everything, broken] }],
    ['a document of the caller', { identity: '{' }],
    ['a boundary', { ...good, boundary: '{' }],
    ['a session policy', { ...good, session: '{' }],
    ['an SCP', { ...good, scp: '{' }],
    ['an RCP', { ...good, rcp: '{' }],
    ['a repository policy', { ...good, repository: '{' }],
    ['a registry policy', { ...good, registry: '{' }],
    ['a statement of a registry policy', { ...good, registry: [{ ...broken, Principal: '*' }] }],
  ])('%s', (_title, scene) => {
    expect(asked(scene)[1]).toContain('documentProblem');
  });

  test('and not where it cannot concern the question', () => {
    expect(asked({ identity: [everything, { ...broken, Action: 's3:*' }] })).toEqual(['allowed', []]);
  });

  test('and not above an account whose organization was not collected', () => {
    const question = questionOf({ identity: [everything] });
    const alone = { ...question, snapshot: { ...question.snapshot, organization: null } };
    expect(new Set(evaluateAction(alone).limits)).toEqual(new Set(['organizationNotCollected']));
  });
});

test('an AWS service has no policies of its own that could be broken', () => {
  const question = questionOf({ repository: [{ ...forUser, Principal: { Service: 'lambda.amazonaws.com' } }] });
  const service = { ...question, caller: serviceCaller(question.snapshot, 'lambda.amazonaws.com') };
  expect(evaluateAction(service)).toMatchObject({ verdict: { decision: 'allowed' }, limits: [] });
});

describe('a token is asked for', () => {
  const question = questionOf({ identity: [everything] });

  test('in the account of the caller, and in the region of the repository', () => {
    const elsewhere = registryTarget(OTHER, 'eu-central-1');
    expect(tokenQuestion({ ...question, target: elsewhere })).toEqual({
      ...question,
      action: 'ecr:GetAuthorizationToken',
      target: registryTarget(OURS, 'eu-central-1'),
    });
  });

  test('by no AWS service, and by anyone outside in an account that is not known', () => {
    const { snapshot } = question;
    expect(tokenQuestion({ ...question, caller: serviceCaller(snapshot, 'lambda.amazonaws.com') })).toBeNull();
    expect(tokenQuestion({ ...question, caller: anyoneOutside(snapshot) })?.target.accountId).toBe('');
  });
});

test('what nothing can allow is out of question, and what a condition may allow is not', () => {
  expect(isOutOfQuestion(questionOf({}))).toBe(true);
  expect(isOutOfQuestion(questionOf({ identity: [nothing] }))).toBe(true);
  expect(isOutOfQuestion(questionOf({ identity: [forTeam] }))).toBe(false);
  expect(isOutOfQuestion(questionOf({ repository: [forUser] }))).toBe(false);
});
