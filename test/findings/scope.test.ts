import { type Finding, isScopeWithin, RULES } from '@ecr-audit/access';
import { describe, expect, test } from 'vitest';
import { found } from './rule-case.ts';
import { A, region, repositoryArn, type Role, roleArn, type Scene, type Statement, STRANGER } from './scene.ts';

/* What a finding is about, exactly: one matter stays one finding, and grows by what is more, and by nothing else. */

const team = `arn:aws:iam::${A}:policy/team`;
const other = `arn:aws:iam::${A}:policy/other`;
const allow = (Action: unknown, Resource: unknown = '*', Condition?: object): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});
const role = (name: string, attached: readonly string[] = [team]): Role => ({
  name,
  id: `AROA${name.toUpperCase().padEnd(17, '0')}`,
  attached,
});
const scene = (more: Scene = {}): Scene => ({
  roles: [role('one'), role('two')],
  managed: { [team]: [allow(['ecr:SetRepositoryPolicy'])] },
  ...more,
});
const admin = (given: Scene): Finding[] => found('ECR-ADMIN-GRANT', { scene: given });
const ofTeam = (given: Scene): Finding => only(admin(given).filter(({ resource }) => resource === team));

function only(findings: readonly Finding[]): Finding {
  expect(findings).toHaveLength(1);
  const [finding] = findings;
  if (finding === undefined) {
    throw new Error('nothing was found');
  }
  return finding;
}

function isWithin(now: Scene, approved: Scene): boolean {
  const [after, before] = [ofTeam(now), ofTeam(approved)];
  expect(after.fingerprint).toBe(before.fingerprint);
  return isScopeWithin(after.scope, before.scope);
}

const naming = (names: readonly string[]): Scene =>
  scene({
    managed: { [team]: [allow('ecr:SetRepositoryPolicy', names.map(repositoryArn))] },
    repositories: { 'prod/app': null, 'prod/other': null },
  });
const letIn = (Condition?: object, Action: unknown = ['ecr:BatchGetImage']): Scene => ({
  repositories: {
    'prod/app': [
      { Effect: 'Allow', Principal: { AWS: STRANGER }, Action, ...(Condition === undefined ? {} : { Condition }) },
    ],
  },
});
const pullScope = (given: Scene) => only(found('ECR-XACCT-PULL', { scene: given })).scope;
const trusting = (more: Partial<Role>): Scene => ({
  roles: [
    {
      ...role('deploy', []),
      trust: [{ Effect: 'Allow', Principal: { AWS: STRANGER }, Action: 'sts:AssumeRole' }],
      ...more,
    },
  ],
});
const trustScope = (given: Scene) => only(found('ECR-TRUST-EXT', { scene: given })).scope;

describe('what one policy brings to many', () => {
  test('is one finding, with all of them', () => {
    const finding = only(admin(scene()));
    expect(finding).toMatchObject({ resource: team, principal: null, accountId: A });
    expect(finding.title).toContain('2 principals');
    expect(finding.what).toContain(roleArn('one'));
    expect(finding.scope).toEqual({
      repositories: [repositoryArn('prod/app')],
      rights: ['ecr:SetRepositoryPolicy'],
      conditions: [],
      principals: [role('one').id, role('two').id],
      toCome: [repositoryArn('*')],
    });
  });

  test('is two findings where two policies bring it, each of which has to go', () => {
    const managed = { [team]: [allow('ecr:SetRepositoryPolicy')], [other]: [allow('ecr:SetRepositoryPolicy')] };
    const findings = admin(scene({ roles: [role('one', [team, other])], managed }));
    expect(findings.map(({ resource }) => resource).toSorted()).toEqual([other, team]);
    expect(found('ECR-ADMIN-GRANT', { scene: scene({ roles: [role('one', [team])], managed }) })).toHaveLength(1);
  });

  test('names the holder where there is one', () => {
    expect(only(admin(scene({ roles: [role('one')] }))).principal).toEqual({ id: role('one').id, arn: roleArn('one') });
  });

  test('is told for those who are no administrators only', () => {
    const [finding] = found('ECR-ADMIN-GRANT', { scene: scene(), settings: { administrators: ['two'] } });
    expect(finding?.scope.principals).toEqual([role('one').id]);
  });

  test('holds for ECR-WILDCARD alike', () => {
    const given = scene({ managed: { [team]: [allow('ecr:*')] } });
    expect(only(found('ECR-WILDCARD', { scene: given }))).toMatchObject({
      resource: team,
      scope: { principals: [role('one').id, role('two').id] },
    });
  });

  test('is the repository policy where it alone lets them in', () => {
    const policy: Statement = {
      Effect: 'Allow',
      Principal: { AWS: [roleArn('one'), roleArn('two')] },
      Action: 'ecr:SetRepositoryPolicy',
    };
    const given = scene({
      managed: {},
      roles: [role('one', []), role('two', [])],
      repositories: { 'prod/app': [policy] },
    });
    expect(only(admin(given))).toMatchObject({ resource: repositoryArn('prod/app') });
  });
});

describe('it has grown', () => {
  test.each([
    ['one more holder', { roles: [role('one'), role('two'), role('three')] }],
    ['one more right', { managed: { [team]: [allow(['ecr:SetRepositoryPolicy', 'ecr:DeleteRepository'])] } }],
    ['the registry', { managed: { [team]: [allow(['ecr:SetRepositoryPolicy', 'ecr:PutRegistryPolicy'])] } }],
  ] satisfies [string, Scene][])('by %s', (_, more) => {
    expect(isWithin(scene(more), scene())).toBe(false);
    expect(isWithin(scene(), scene(more))).toBe(true);
  });

  test('where a condition is gone', () => {
    const limited = allow('ecr:SetRepositoryPolicy', '*', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } });
    const bound = scene({ managed: { [team]: [limited] } });
    expect(isWithin(scene(), bound)).toBe(false);
    expect(isWithin(bound, scene())).toBe(true);
  });

  test('by a repository that is named now', () => {
    expect(isWithin(naming(['prod/app', 'prod/other']), naming(['prod/app']))).toBe(false);
  });

  test('by `*` in place of every repository that there is', () => {
    const named = scene({ managed: { [team]: [allow('ecr:SetRepositoryPolicy', repositoryArn('prod/app'))] } });
    expect(only(admin(named)).scope.toCome).toBeUndefined();
    expect(isWithin(scene(), named)).toBe(false);
  });

  test('by a repository that was denied, and is not any more', () => {
    const deny: Statement = { Effect: 'Deny', Principal: '*', Action: 'ecr:SetRepositoryPolicy' };
    const repositories = { 'prod/app': null, 'prod/other': [deny] };
    const free = { 'prod/app': null, 'prod/other': null };
    expect(isWithin(scene({ repositories: free }), scene({ repositories }))).toBe(false);
  });
});

describe('it has not grown', () => {
  test('by a new repository, where it covers whatever is made', () => {
    expect(isWithin(scene({ repositories: { 'prod/app': null, 'prod/new': null } }), scene())).toBe(true);
  });

  test('by a gap: what was not read is no condition, and brings nothing', () => {
    const repositories = { 'prod/app': null, 'prod/other': null };
    const unread = { 'prod/app': null, 'prod/other': 'unread' } as const;
    expect(isWithin(scene({ repositories: unread }), scene({ repositories }))).toBe(true);
    expect(ofTeam(scene({ repositories: unread })).scope.conditions).toEqual([]);
    const one = scene({ managed: { [team]: [allow('ecr:SetRepositoryPolicy', repositoryArn('prod/app'))] } });
    const findings = admin({ ...one, repositories: unread });
    const [certain, open] = [
      findings.find(({ resource }) => resource === team),
      findings.find(({ title }) => title.includes('perhaps')),
    ];
    expect(certain?.scope.repositories).toEqual([repositoryArn('prod/app')]);
    expect(open).toMatchObject({ severity: 'medium', scope: { repositories: [repositoryArn('prod/other')] } });
    expect(findings).toHaveLength(2);
  });

  test('by another order of the same statements', () => {
    const statements = [allow('ecr:SetRepositoryPolicy'), allow('ecr:DeleteRepository')];
    const turned = scene({ managed: { [team]: statements.toReversed() } });
    expect(isWithin(turned, scene({ managed: { [team]: statements } }))).toBe(true);
  });
});

describe('what is let in from outside', () => {
  const inVpc = { StringEquals: { 'aws:SourceVpce': 'vpce-1' } };

  test('has the actions and the conditions, without what its own account says', () => {
    expect(pullScope(letIn())).toEqual({
      repositories: [repositoryArn('prod/app')],
      rights: ['ecr:BatchGetImage'],
      conditions: [],
    });
    expect(pullScope(letIn(inVpc)).conditions).toEqual([expect.stringContaining('vpce-1')]);
  });

  test('grows by an action, and by a condition less', () => {
    expect(
      isScopeWithin(
        pullScope(letIn(undefined, ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'])),
        pullScope(letIn()),
      ),
    ).toBe(false);
    expect(isScopeWithin(pullScope(letIn()), pullScope(letIn(inVpc)))).toBe(false);
    expect(isScopeWithin(pullScope(letIn(inVpc)), pullScope(letIn()))).toBe(true);
  });
});

test('a trust grows by what the role may do', () => {
  const pushing = trustScope(trusting({ statements: [allow('ecr:PutImage', repositoryArn('prod/app'))] }));
  expect(pushing.rights).toEqual(['ecr:PutImage', expect.stringContaining(STRANGER)]);
  expect(
    isScopeWithin(trustScope(trusting({ statements: [allow(['ecr:PutImage', 'ecr:DeleteRepository'])] })), pushing),
  ).toBe(false);
});

describe('the life of a rule', () => {
  test('is a state exactly where it reads one: all else has happened, whatever the next scan says', () => {
    for (const { id, kinds, life } of RULES) {
      expect([id, life]).toEqual([id, kinds.includes('state') ? 'state' : 'occurrence']);
    }
  });

  test('rests on something that can be unread, but for what is unread', () => {
    const none = RULES.filter(({ rests }) => rests.length === 0).map(({ id }) => id);
    expect(none).toEqual(['ECR-BLIND']);
  });

  test('compares with an earlier snapshot only where nothing of its state is told by that', () => {
    for (const { id, kinds, needs } of RULES.filter(({ needs }) => needs !== 'exceptions')) {
      expect([id, needs === 'earlierSnapshot']).toEqual([id, kinds.includes('difference')]);
      expect([id, kinds.includes('difference') && kinds.includes('state')]).toEqual([id, false]);
    }
  });
});

test('a finding of a registry names what would be more of it', () => {
  const destinations = [{ region, registryId: STRANGER }];
  const [finding] = found('ECR-REPL-OUT', {
    scene: { registry: { replicationConfiguration: { rules: [{ destinations }] } } },
  });
  expect(finding?.scope).toEqual({ repositories: [], rights: [`replicated to ${STRANGER}/${region}`], conditions: [] });
});
