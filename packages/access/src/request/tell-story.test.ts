import { expect, test } from 'vitest';
import type { ExplainedAction, ExplainedGate, Explanation } from './explain-request.ts';
import { tellStory } from './tell-story.ts';

const repository = 'arn:aws:ecr:eu-west-1:111122223333:repository/app';

function level(label: string, policy = 'FullAWSAccess', condition: string | null = null): ExplainedGate {
  const statement = { policyType: 'scp', policy, statement: '0', effect: 'Allow', via: label, condition } as const;
  return {
    gate: 'scp',
    label,
    verdict: condition === null ? 'allows' : 'allowsConditionally',
    statements: [statement],
  };
}

function action(name: string, gates: readonly ExplainedGate[]): ExplainedAction {
  return { action: name, resource: repository, decision: 'allowed', condition: null, gates };
}

function story(actions: readonly ExplainedAction[]): string {
  const explanation: Explanation = {
    principal: 'arn:aws:iam::111122223333:role/ci',
    action: 'push',
    resource: repository,
    region: 'eu-west-1',
    decision: 'allowed',
    residual: null,
    reasons: [],
    limits: [],
    condition: null,
    actions,
    assumptions: [],
  };
  return tellStory(explanation).join('\n');
}

test('actions of a capability with the same story are told once, and others on their own', () => {
  const gates = [level('root r-1')];
  const text = story([
    action('ecr:UploadLayerPart', gates),
    action('ecr:PutImage', []),
    action('ecr:InitiateLayerUpload', gates),
  ]);
  expect(text).toContain(`ecr:UploadLayerPart, ecr:InitiateLayerUpload on ${repository}: allowed\n  Service control`);
  expect(text).toContain(`\necr:PutImage on ${repository}: allowed\n`);
});

test('levels at which only FullAWSAccess speaks are one line', () => {
  const text = story([action('ecr:PutImage', [level('root r-1'), level('ou ou-1'), level('account 111122223333')])]);
  expect(text).toContain(
    'Service control policies at root r-1, ou ou-1, account 111122223333: allow, each by FullAWSAccess',
  );
  expect(text.match(/Service control policies/g)).toHaveLength(1);
});

test('a level with another policy or with a condition is told on its own', () => {
  const levels = [
    level('root r-1'),
    level('ou ou-1', 'Guardrails'),
    level('ou ou-2', 'FullAWSAccess', 'if x is y'),
    level('ou ou-3'),
  ];
  const text = story([action('ecr:PutImage', levels)]);
  expect(text).toContain('at root r-1, ou ou-3: allow, each by FullAWSAccess');
  expect(text).toContain('at ou ou-1: allow\n  - Allow statement 0 of Guardrails');
  expect(text).toContain('at ou ou-2: allow under a condition\n');
});
