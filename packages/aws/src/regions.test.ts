import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { homeRegion, resolveRegions } from './regions.ts';

beforeEach(() => {
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE']) {
    vi.stubEnv(name, undefined);
  }
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

test('named regions are taken sorted and once', async () => {
  expect(await resolveRegions({ regions: ['us-east-1', 'eu-west-1', 'us-east-1'], profile: null })).toEqual([
    'eu-west-1',
    'us-east-1',
  ]);
});

test.each(['AWS_REGION', 'AWS_DEFAULT_REGION'])('without names the region of %s is taken', async (name) => {
  vi.stubEnv(name, 'eu-central-1');
  expect(await resolveRegions({ regions: [], profile: null })).toEqual(['eu-central-1']);
});

test('without any region the error says to name regions', async () => {
  await expect(resolveRegions({ regions: [], profile: null })).rejects.toMatchObject({
    code: 'regionMissing',
    message: expect.stringContaining('--regions'),
  });
});

test.each(['eu-west-1,us-east-1', '../eu-west-1', 'eu-west-1.evil.example', '', 'EU-WEST-1'])(
  '`%s` is refused as a region, because it would become a host name and a folder',
  async (region) => {
    await expect(resolveRegions({ regions: [region], profile: null })).rejects.toMatchObject({ code: 'regionInvalid' });
  },
);

test.each(['us-gov-west-1', 'us-isob-east-1', 'eusc-de-east-1', 'ap-southeast-7', 'cn-northwest-1'])(
  '%s is a region',
  async (region) => {
    expect(await resolveRegions({ regions: [region], profile: null })).toEqual([region]);
  },
);

test('the calls of IAM are recorded in one region of each partition', () => {
  expect(['aws', 'aws-cn', 'aws-us-gov'].map(homeRegion)).toEqual(['us-east-1', 'cn-north-1', 'us-gov-west-1']);
});
