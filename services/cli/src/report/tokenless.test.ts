import type { AccessCell } from '@ecr-audit/store';
import { expect, test } from 'vitest';
import { tokenlessAccess } from './tokenless.ts';

const role = {
  id: 'AROA1',
  arn: 'arn:aws:iam::111122223333:role/ci',
  kind: 'role',
  accountId: '111122223333',
  name: 'ci',
} as const;

function cell(action: string, decision: AccessCell['decision'] = 'allowed'): AccessCell {
  return {
    principal: role,
    repository: { id: 1, arn: 'arn:aws:ecr:eu-west-1:111122223333:repository/app', name: 'app' },
    accountId: '111122223333',
    region: 'eu-west-1',
    action,
    decision,
    residual: null,
    reasons: [],
    limits: [],
    since: '2026-11-09T06:00:00.000Z',
  };
}

const parts = [cell('ecr:BatchGetImage'), cell('ecr:GetDownloadUrlForLayer')];

test('who may fetch images and layers but not pull lacks the token', () => {
  expect(tokenlessAccess(parts)).toMatchObject([
    { principal: role, capability: 'pull', repositories: [cell('').repository?.arn] },
  ]);
});

test.each([
  ['who may pull', [...parts, cell('pull')]],
  ['who may pull under a condition', [...parts, cell('pull', 'conditional')]],
  ['who may fetch images only', [cell('ecr:BatchGetImage')]],
  ['whose access is unknown', parts.map((part) => ({ ...part, decision: 'unknown' as const }))],
])('%s is not listed', (_title, cells) => {
  expect(tokenlessAccess(cells)).toEqual([]);
});
