import type { Coverage } from '@ecr-audit/access';
import { expect, it } from 'vitest';
import { withActivityCoverage } from './with-activity-coverage.ts';

const [one, two] = ['111122223333', '444455556666'];
const until = '2026-11-22T11:45:00.000Z';
const iam: Coverage = { accountId: one, region: null, source: 'iam', status: 'complete', detail: null };
const trail = (accountId: string, region: string) =>
  ({ accountId, region, source: 'cloudtrail', status: 'partial', detail: 'a hole' }) as const;

it('what was observed of an account of the scan takes the place of what the scan did not look up, with its time', () => {
  const unread: Coverage = {
    ...trail(one, 'eu-west-1'),
    status: 'notReadable',
    detail: 'no event window was recorded',
  };
  const observed = ['eu-west-1', 'us-east-1'].map((region) => ({ ...trail(one, region), from: null, until }));
  expect(withActivityCoverage([iam, unread], observed)).toEqual([
    iam,
    { ...trail(one, 'eu-west-1'), readAt: until },
    { ...trail(one, 'us-east-1'), readAt: until },
  ]);
});

it('a region whose events nobody looked up says so, and other accounts stay out', () => {
  const unread: Coverage = { ...trail(one, 'eu-west-1'), status: 'notReadable', detail: null };
  const observed = [{ ...trail(two, 'eu-west-1'), from: null, until }];
  expect(withActivityCoverage([unread], observed)).toEqual([{ ...unread, detail: 'no events were looked up yet' }]);
});

it('an account whose regions are not known keeps the reason, unless something was observed of it before', () => {
  const refused: Coverage = {
    accountId: one,
    region: null,
    source: 'cloudtrail',
    status: 'notReadable',
    detail: 'account:ListRegions: the role was refused',
  };
  expect(withActivityCoverage([refused], [])).toEqual([refused]);
  const observed = [{ ...trail(one, 'eu-west-1'), from: null, until }];
  expect(withActivityCoverage([refused], observed)).toEqual([{ ...trail(one, 'eu-west-1'), readAt: until }]);
});
