import { describe, expect, it } from 'vitest';
import { activityJobId, collectJobId, evaluateJobId, scanIdOf, scanJobId, scheduleId } from './job-ids.ts';
import type { ScanPayload } from './payloads.ts';

const hourMs = 3_600_000;
const payload: ScanPayload = {
  source: 'access',
  targetKey: 'account:111122223333',
  scanId: null,
  everyMs: hourMs,
};
const scanId = '6f1c2a5e-3d0b-4c62-9a51-0d7f3b1f8e11';

describe('the scan of a scheduled job', () => {
  const slot = 500_000 * hourMs;

  it('is the same for two jobs of one slot, and another in the next slot', () => {
    const first = scanIdOf(payload, `repeat:schedule.x:${slot}`);
    expect(scanIdOf(payload, `repeat:schedule.y:${slot + hourMs - 1}`)).toBe(first);
    expect(scanIdOf(payload, `repeat:schedule.x:${slot + hourMs}`)).not.toBe(first);
  });

  it('differs between targets', () => {
    const other = { ...payload, targetKey: 'account:444455556666' };
    expect(scanIdOf(other, `repeat:s:${slot}`)).not.toBe(scanIdOf(payload, `repeat:s:${slot}`));
  });

  it('is one per time of a cron expression', () => {
    const cron = { ...payload, everyMs: null };
    expect(scanIdOf(cron, `repeat:s:${slot}`)).toBe(scanIdOf(cron, `repeat:s:${slot}`));
    expect(scanIdOf(cron, `repeat:s:${slot + 1}`)).not.toBe(scanIdOf(cron, `repeat:s:${slot}`));
  });

  it('is a UUID of version 8', () => {
    expect(scanIdOf(payload, `repeat:s:${slot}`)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('is the one that the job names, where it names one', () => {
    expect(scanIdOf({ ...payload, scanId }, 'scan.x')).toBe(scanId);
  });
});

describe('job ids', () => {
  it('tell all work apart and never hold a colon, which the queues refuse', () => {
    const accountId = '111122223333';
    const look = { source: 'activity', accountId, isManagementAccount: false, isEcrRead: true } as const;
    const ids = [
      scanJobId(scanId),
      evaluateJobId(scanId),
      scheduleId('access', 'account:111122223333'),
      scheduleId('activity', 'account:111122223333'),
      scheduleId('maintenance', null),
      collectJobId({ scanId, accountId: null }),
      collectJobId({ scanId, accountId }),
      collectJobId({ scanId, accountId: '444455556666' }),
      activityJobId({ ...look, region: 'eu-west-1' }),
      activityJobId({ ...look, region: 'us-east-1' }),
      activityJobId({ source: 'lastAccessed', accountId }),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => id.includes(':'))).toEqual([]);
  });
});
