import { expect, test } from 'vitest';

import { parseLogFileName } from './log-file-name.ts';

test('the name of a log file says account, region and time of delivery', () => {
  expect(parseLogFileName('111122223333_CloudTrail_us-east-2_20261101T0210Z_Mu0KsOhtH1ar15ZZ.json.gz')).toEqual({
    name: '111122223333_CloudTrail_us-east-2_20261101T0210Z_Mu0KsOhtH1ar15ZZ.json.gz',
    accountId: '111122223333',
    region: 'us-east-2',
    deliveredAtMs: Date.parse('2026-11-01T02:10:00Z'),
  });
});

test.each([
  ['a digest', '111122223333_CloudTrail-Digest_us-east-2_trail_us-east-2_20261101T021000Z.json.gz'],
  ['Insights', '111122223333_CloudTrail-Insight_us-east-2_20261101T0210Z_Mu0KsOhtH1ar15ZZ.json.gz'],
  ['a day that there is not', '111122223333_CloudTrail_us-east-2_20260231T0210Z_Mu0KsOhtH1ar15ZZ.json.gz'],
  ['a region that is none', '111122223333_CloudTrail_nowhere_20261101T0210Z_Mu0KsOhtH1ar15ZZ.json.gz'],
  ['another file', 'README.md'],
])('%s is no log file', (_title, name) => {
  expect(parseLogFileName(name)).toBeNull();
});
