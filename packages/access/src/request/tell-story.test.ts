import { describe, expect, test } from 'vitest';
import type { ExplainedAction, ExplainedGate, ExplainedStatement, Explanation } from './explanation.ts';
import { tellStory } from './tell-story.ts';

const repository = 'arn:aws:ecr:eu-west-1:111122223333:repository/app';
const role = 'arn:aws:iam::111122223333:role/ci';

function statement(more: Partial<ExplainedStatement>): ExplainedStatement {
  const policyType = more.policyType ?? 'identity';
  return {
    policyType,
    policy: `${role}#inline:own`,
    statement: '0',
    effect: 'Allow',
    via: 'inline',
    sid: null,
    index: 0,
    owner: { kind: 'principal', id: role },
    attachment: { kind: 'inline' },
    names: null,
    isNotPrincipal: false,
    condition: null,
    residual: null,
    writtenCondition: null,
    decides: true,
    ...more,
  };
}

function gate(more: Partial<ExplainedGate>): ExplainedGate {
  const base = { gate: 'identity', label: 'identity policies', verdict: 'allows', decides: false } as const;
  return { ...base, lacksAllow: false, policies: [], statements: [], unmet: [], unread: [], ...more };
}

function level(id: string, policy = 'FullAWSAccess', more: Partial<ExplainedGate> = {}): ExplainedGate {
  const owner = { kind: 'organization', id: 'o-1' } as const;
  const attachment = { kind: 'scp', level: 'ou', id, name: id } as const;
  return gate({
    gate: 'scp',
    label: `ou ${id}`,
    policies: [{ policy, policyType: 'scp', owner, attachment }],
    statements: [statement({ policyType: 'scp', policy, via: `ou ${id}`, owner, attachment })],
    ...more,
  });
}

function action(more: Partial<ExplainedAction>): ExplainedAction {
  return {
    action: 'ecr:PutImage',
    resource: repository,
    decision: 'allowed',
    condition: null,
    isSameAccount: true,
    gates: [],
    absentGates: [],
    ...more,
  };
}

function tell(actions: readonly ExplainedAction[], more: Partial<Explanation> = {}): readonly string[] {
  return tellStory({
    principal: role,
    principalKind: 'role',
    action: actions[0]?.action ?? '',
    needs: null,
    resource: repository,
    region: 'eu-west-1',
    decision: actions[0]?.decision ?? 'allowed',
    residual: null,
    reasons: [],
    limits: [],
    condition: null,
    openKeys: [],
    given: [],
    similarRepositories: [],
    actions,
    assumptions: [],
    ...more,
  });
}

const grant = gate({ decides: true, statements: [statement({})] });

describe('a capability', () => {
  const capability = { action: 'push', needs: 'all' } as const;

  test('is told by the actions that fail, the same story once, and names the others with their answers', () => {
    const lacking = gate({ verdict: 'noAllow', decides: true, lacksAllow: true });
    const failing = { decision: 'implicitDeny', gates: [lacking] } as const;
    const lines = tell(
      [
        action({ action: 'ecr:UploadLayerPart', ...failing }),
        action({ action: 'ecr:BatchGetImage', gates: [grant] }),
        action({ action: 'ecr:PutImage', ...failing }),
        action({ action: 'ecr:InitiateLayerUpload', decision: 'conditional', condition: 'if x is y', gates: [grant] }),
      ],
      { ...capability, decision: 'implicitDeny' },
    );
    expect(lines.slice(4)).toEqual([
      'ecr:UploadLayerPart, ecr:PutImage: denied',
      '  No identity policy allows it: the role has none.',
      '  To allow it: an Allow in an identity policy of the role.',
      '',
      'The other actions:',
      '  ecr:BatchGetImage: allowed',
      '  ecr:InitiateLayerUpload: depends on the request, if x is y',
    ]);
  });

  test('of which each action may hold, but not all at once, says so', () => {
    const open = { decision: 'conditional', gates: [grant] } as const;
    const lines = tell(
      [
        action({ action: 'ecr:PutImage', condition: 'if x is y', ...open }),
        action({ action: 'ecr:BatchGetImage', condition: 'if x is z', ...open }),
      ],
      { ...capability, decision: 'implicitDeny' },
    );
    expect(lines).toContain('No request meets the conditions of all of these actions.');
    expect(lines).toContain('ecr:PutImage: depends on the request, if x is y');
  });

  test('that any one of its actions gives is told by those that hold', () => {
    const denied = action({ action: 'ecr:DeleteRepository', decision: 'implicitDeny' });
    const held = action({ action: 'ecr:BatchDeleteImage', gates: [grant] });
    const lines = tell([denied, held], { action: 'delete', needs: 'any', decision: 'allowed' });
    expect(lines[0]).toBe('ALLOWED: role/ci may delete in app');
    expect(lines.slice(4)).toEqual([
      'ecr:BatchDeleteImage: allowed',
      '  Identity policies allow it:',
      '    - Allow statement 0 of its inline policy own',
      '',
      'The other actions:',
      '  ecr:DeleteRepository: denied',
    ]);
  });
});

test('levels at which only an Allow speaks are one line, and a level that denies under a condition is told', () => {
  const deny = { sid: 'Mfa', effect: 'Deny', condition: 'if x is absent' } as const;
  const guarded = level('ou-2', 'Guard', { verdict: 'deniesConditionally' });
  const denied = { ...guarded, statements: guarded.statements.map((each) => ({ ...each, ...deny })) };
  const lines = tell([action({ gates: [grant, level('ou-1'), denied, level('ou-3')] })]);
  expect(lines.slice(6)).toEqual([
    'The other gates:',
    '  SCPs: allow it at every other level, by FullAWSAccess',
    '  SCPs at OU ou-2: deny it under a condition:',
    '    - Deny "Mfa" of Guard at OU ou-2, if x is absent',
  ]);
});

test('a level without an Allow is told with what is attached there and what would have to change', () => {
  const lacking = level('ou-1', 'AllowList', { verdict: 'noAllow', decides: true, lacksAllow: true, statements: [] });
  const lines = tell([action({ decision: 'implicitDeny', gates: [{ ...grant, decides: false }, lacking] })]);
  expect(lines.slice(4, 6)).toEqual([
    'No SCP at OU ou-1 allows it, and each level must. Attached there: AllowList.',
    'To allow it: an Allow in an SCP at OU ou-1.',
  ]);
});

test('across accounts both sides that lack an Allow are named', () => {
  const lacking = { verdict: 'noAllow', decides: true, lacksAllow: true } as const;
  const gates = [gate(lacking), gate({ gate: 'resource', ...lacking })];
  const lines = tell([action({ decision: 'implicitDeny', isSameAccount: false, gates })]);
  expect(lines.slice(4)).toEqual([
    'No identity policy allows it: the role has none.',
    'The repository has no policy that could allow it, and across accounts both sides must.',
    'To allow it: an Allow in an identity policy of the role, and an Allow for the role in the repository policy.',
  ]);
});

test('conditions that exclude each other are told as such, and no Allow is asked for', () => {
  const open = gate({
    verdict: 'allowsConditionally',
    decides: true,
    statements: [statement({ condition: 'if a is b' })],
  });
  const lines = tell([action({ decision: 'implicitDeny', gates: [open] })]);
  expect(lines.at(-1)).toBe('The conditions under which these allow it exclude each other.');
});

test('what is long is cut, and says where the rest is', () => {
  const sid = 'x'.repeat(5_000);
  const many = Array.from({ length: 500 }, (_, index) => statement({ sid, index, condition: 'y'.repeat(5_000) }));
  const lines = tell([action({ gates: [gate({ decides: true, statements: many })] })]);
  expect(lines).toHaveLength(14);
  expect(lines.at(-1)).toBe('  - and 492 more, in the JSON');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(1_500);
  expect(lines[5]).toContain('(4400 more characters in the JSON)');
});

/** Every text that comes from a policy, a name, a gap or the question. */
function storyWith(name: string): readonly string[] {
  const evilLevel = { kind: 'scp', level: 'ou', id: `ou-${name}`, name } as const;
  const owner = { kind: 'organization', id: 'o-1' } as const;
  const policies = [{ policy: name, policyType: 'scp', owner, attachment: evilLevel } as const];
  const gates = [
    gate({
      decides: true,
      verdict: 'notRead',
      unread: [{ what: name, why: name }],
      statements: [statement({ sid: name, policy: `${role}#inline:${name}`, condition: name })],
    }),
    gate({ gate: 'scp', decides: true, lacksAllow: true, verdict: 'noAllow', label: name, policies }),
  ];
  return tell([action({ decision: 'implicitDeny', gates, absentGates: [{ gate: 'rcp', reason: name }] })], {
    principal: `arn:aws:iam::111122223333:role/${name}`,
    condition: name,
    openKeys: [name],
    given: [{ key: name, values: [name], isAsked: false }],
    limits: [{ code: 'repositoryNotInSnapshot', message: name }],
    similarRepositories: [name],
    assumptions: [name],
  });
}

describe('a name that is meant to look like something else', () => {
  const evil = '\u001B[2J"\n\r\u2028ALLOWED\u202E: all is well';

  test('adds no line, and has nothing in it that a terminal obeys or a reader does not see', () => {
    const lines = storyWith(evil);
    expect(lines).toHaveLength(storyWith('harmless').length);
    expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(lines.join('')).toContain(String.raw`\u{1b}[2J`);
  });

  test('cannot end its quotes before it ends', () => {
    const forged = 'a" of the repository policy, if never';
    const lines = tell([action({ gates: [gate({ decides: true, statements: [statement({ sid: forged })] })] })]);
    expect(lines).toContain(String.raw`  - Allow "a\" of the repository policy, if never" of its inline policy own`);
  });
});
