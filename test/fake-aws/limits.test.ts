import { describe, expect, test } from 'vitest';

import { FaultPlan } from './faults.ts';
import type { Fault, FaultyCall } from './faults.ts';
import { latencies } from './latency.ts';
import { ThrottlePlan } from './throttle-plan.ts';

function plan(): { readonly throttles: ThrottlePlan; readonly advance: (ms: number) => void } {
  let nowMs = 0;
  const settings = { ecr: { ratePerSecond: 2, burst: 3 } };
  return {
    throttles: new ThrottlePlan({ settings, nowMs: () => nowMs }),
    advance: (ms) => {
      nowMs += ms;
    },
  };
}

describe('a limit', () => {
  const place = { accountId: '111122223333', region: 'eu-west-1', service: 'ecr' } as const;

  test('lets the burst through, then the rate, and a refused call takes nothing', () => {
    const { throttles, advance } = plan();
    const answers = (count: number): boolean[] => Array.from({ length: count }, () => throttles.allows(place));
    expect(answers(5)).toEqual([true, true, true, false, false]);
    advance(500);
    expect(answers(2)).toEqual([true, false]);
    advance(60_000);
    expect(answers(4)).toEqual([true, true, true, false]);
  });

  test('is one for each account, region and service', () => {
    const { throttles } = plan();
    const spend = (at: Parameters<ThrottlePlan['allows']>[0]): boolean[] =>
      Array.from({ length: 4 }, () => throttles.allows(at));
    const usedUp = [true, true, true, false];
    expect(spend(place)).toEqual(usedUp);
    expect(spend({ ...place, region: 'us-east-1' })).toEqual(usedUp);
    expect(spend({ ...place, accountId: '444455556666' })).toEqual(usedUp);
    expect(spend({ ...place, service: 'iam' })).toEqual([true, true, true, true]);
  });
});

function take(seed: number): number[] {
  return Array.from({ length: 200 }, latencies({ meanMs: 100, jitterMs: 40, seed }));
}

describe('waits', () => {
  test('stay around their mean, and the same seed gives the same ones', () => {
    const waits = take(7);
    expect(take(7)).toEqual(waits);
    expect(take(8)).not.toEqual(waits);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(60);
    expect(Math.max(...waits)).toBeLessThanOrEqual(140);
    expect(new Set(waits).size).toBeGreaterThan(190);
  });

  test('are never shorter than nothing', () => {
    const next = latencies({ meanMs: 1, jitterMs: 50 });
    expect(Math.min(...Array.from({ length: 50 }, next))).toBe(0);
  });
});

const call: FaultyCall = {
  service: 'ecr',
  operation: 'DescribeRegistry',
  accountId: '111122223333',
  region: 'eu-west-1',
  callerArn: '',
  resources: [],
};

function outcomes(faults: readonly Fault[], count: number): string[] {
  const plan = new FaultPlan(faults);
  return Array.from({ length: count }, () => {
    const found = plan.next(call);
    return typeof found === 'string' ? found : (found?.code ?? 'fine');
  });
}

describe('a fault', () => {
  test('may start after some calls and end after some more', () => {
    expect(outcomes([{ kind: 'hang', operation: 'ecr:*', after: 2, times: 2 }], 6)).toEqual([
      'fine',
      'fine',
      'hang',
      'hang',
      'fine',
      'fine',
    ]);
  });

  test('gives way to the next one when it has ended', () => {
    const faults: readonly Fault[] = [
      { kind: 'cutConnection', operation: '*', times: 1 },
      { kind: 'malformed', operation: 'DescribeRegistry', times: 1 },
    ];
    expect(outcomes(faults, 3)).toEqual(['cutConnection', 'malformed', 'fine']);
  });
});
