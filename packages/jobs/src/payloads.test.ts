import { describe, expect, it } from 'vitest';
import { collectPayloadSchema, evaluatePayloadSchema, scanPayloadSchema } from './payloads.ts';

const scanId = '6f1c2a5e-3d0b-4c62-9a51-0d7f3b1f8e11';
const target = { key: 'account:111122223333', accountId: '111122223333', partition: 'aws', regions: ['us-gov-west-1'] };

function takes(regions: string[]): boolean {
  return scanPayloadSchema.safeParse({ target: { ...target, regions }, scanId: null, everyMs: null }).success;
}

describe('payloads', () => {
  it('refuse a field that they do not know, so that no data rides along', () => {
    expect(evaluatePayloadSchema.safeParse({ scanId, parts: [] }).success).toBe(false);
    expect(
      collectPayloadSchema.safeParse({ step: 'iam', scanId, accountId: '111122223333', secret: 'x' }).success,
    ).toBe(false);
    expect(scanPayloadSchema.safeParse({ target: { ...target, roleArn: 'x' }, scanId, everyMs: null }).success).toBe(
      false,
    );
  });

  it.each([
    ['a scan id that is no UUID', { step: 'iam', scanId: '../etc', accountId: '111122223333' }],
    ['an account id that is no account id', { step: 'iam', scanId, accountId: '1111' }],
    ['a region that would leave its folder', { step: 'ecr', scanId, accountId: '111122223333', region: '../../x-1' }],
    ['a step that does not exist', { step: 's3', scanId, accountId: '111122223333' }],
    [
      'a CloudTrail step without its window',
      { step: 'cloudtrail', scanId, accountId: '111122223333', region: 'eu-west-1' },
    ],
  ])('refuse %s', (_, payload) => {
    expect(collectPayloadSchema.safeParse(payload).success).toBe(false);
  });

  it('need at least one region and at most a hundred', () => {
    expect([takes([]), takes(['us-gov-west-1']), takes(Array.from({ length: 101 }, () => 'eu-west-1'))]).toEqual([
      false,
      true,
      false,
    ]);
  });
});
