import { describe, expect, it } from 'vitest';
import {
  activityPayloadSchema,
  collectPayloadSchema,
  evaluatePayloadSchema,
  maintenancePayloadSchema,
  scanPayloadSchema,
} from './payloads.ts';

const scanId = '6f1c2a5e-3d0b-4c62-9a51-0d7f3b1f8e11';
const accountId = '111122223333';
const scan = { source: 'access', targetKey: `account:${accountId}`, scanId: null, everyMs: null };
const look = { source: 'activity', accountId, region: 'us-gov-west-1', isManagementAccount: false, isEcrRead: true };

describe('payloads', () => {
  it.each([
    ['of a scan', scanPayloadSchema, { ...scan, roleArn: 'x' }],
    ['of a collect job', collectPayloadSchema, { scanId, accountId, secret: 'x' }],
    ['of a look at events', activityPayloadSchema, { ...look, events: [] }],
    ['of an evaluation', evaluatePayloadSchema, { scanId, parts: [] }],
    ['of the maintenance', maintenancePayloadSchema, { before: 'x' }],
  ])('%s refuse a field that they do not know, so that no data rides along', (_, schema, payload) => {
    expect(schema.safeParse(payload).success).toBe(false);
  });

  it.each([
    ['a scan id that is no UUID', collectPayloadSchema, { scanId: '../etc', accountId }],
    ['an account id that is no account id', collectPayloadSchema, { scanId, accountId: '1111' }],
    ['a source that does not exist', scanPayloadSchema, { ...scan, source: 's3' }],
    ['a region that would leave its folder', activityPayloadSchema, { ...look, region: '../../x-1' }],
    ['a look without its region', activityPayloadSchema, { ...look, region: undefined }],
  ])('refuse %s', (_, schema, payload) => {
    expect(schema.safeParse(payload).success).toBe(false);
  });

  it.each(['eu-west-1', 'us-gov-west-1', 'cn-north-1', 'ap-southeast-3', 'mx-central-1', 'us-isob-east-1'])(
    'take region %s',
    (region) => {
      expect(activityPayloadSchema.safeParse({ ...look, region }).success).toBe(true);
    },
  );
});
