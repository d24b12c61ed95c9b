import { expect, test } from 'vitest';
import type { Residual } from './answer.ts';
import { describeOutsideResidual, describeResidual } from './describe-residual.ts';

const arn = 'arn:aws:iam::999999999999:root';
const vpce: Residual = { operator: 'StringEquals', key: 'aws:SourceVpce', values: ['vpce-1'] };
const theirs: readonly Residual[] = [
  { unreadable: `policies of ${arn} (Allow statements)` },
  { not: { unreadable: `policies of ${arn} (Deny statements)` } },
];

test('what an account that is not ours decides is one clause behind our own condition', () => {
  expect(describeOutsideResidual({ all: [vpce, ...theirs] }, { arn })).toBe(
    'if aws:SourceVpce is vpce-1, and if its own account allows it',
  );
  expect(describeOutsideResidual({ all: theirs }, { arn })).toBe('if its own account allows it');
});

test('a condition of our own side alone, or a gap of ours, is told as it is', () => {
  const gap: Residual = { unreadable: 'repository policy of r (Allow statements)' };
  for (const residual of [vpce, gap]) {
    expect(describeOutsideResidual(residual, { arn })).toBe(describeResidual(residual));
  }
  expect(describeOutsideResidual(null, { arn })).toBeNull();
});
