import { expect, test } from 'vitest';

import { differences } from './difference.ts';

const answer = {
  decision: 'conditional',
  residual: { operator: 'Bool', key: 'aws:SecureTransport', values: ['true'] },
  reasons: [{ policyType: 'identity', policy: 'p', statement: '0', effect: 'Allow', via: 'attached' }],
  limits: [{ code: 'sessionTags' }],
};

test('an answer that holds what is expected does not differ', () => {
  const expected = {
    decision: 'conditional' as const,
    reasons: [{ policyType: 'identity' }],
    limits: ['*', 'sessionTags'],
  };
  expect(differences(answer, { ...expected, residual: answer.residual })).toEqual([]);
});

test('each of decision, reason, limit and residual is reported where it differs', () => {
  const expected = {
    decision: 'allowed' as const,
    reasons: [{ policyType: 'scp' }],
    limits: ['other'],
    residual: { not: answer.residual },
  };
  expect(differences(answer, expected)).toHaveLength(4);
});

test('an error is expected only where the case says so', () => {
  expect(differences({ error: 'unknown action `ecr:FlyImage`' }, { error: 'ecr:FlyImage' })).toEqual([]);
  expect(differences({ error: 'unknown action' }, { decision: 'allowed' })).toHaveLength(1);
  expect(differences(answer, { error: 'ecr:FlyImage' })).toHaveLength(1);
});
