import { expect, test } from 'vitest';
import { realisticThrottling } from '../fake-aws/throttle-plan.ts';
import { collect, gapsOf, organizationOf, serve, smallOrganization } from './world.ts';

const parts = smallOrganization({ accounts: 8, principals: 32, repositories: 60 });

/** Time that passes only while somebody waits, the same for the scan and the endpoint. */
function sharedTime() {
  let nowMs = 0;
  const rateClock = {
    nowMs: () => nowMs,
    wait: (ms: number) => {
      nowMs += ms;
      return Promise.resolve();
    },
  };
  return { rateClock, rateClockMs: () => nowMs };
}

const patient = { throttledAttemptsMax: 60, rates: {} };

test('an organization whose every service is throttled to the bone is read whole, slower, and says so', async () => {
  const { rateClock, rateClockMs } = sharedTime();
  const trickle = { ratePerSecond: 0.5, burst: 1 };
  const { fake, fleet } = await serve(
    parts,
    {
      rateClockMs,
      throttling: { sts: trickle, iam: trickle, ecr: trickle, organizations: trickle, account: trickle },
    },
    { ...patient, rateClock },
  );
  const collected = await collect(fleet);
  expect(gapsOf(collected)).toEqual([]);
  expect(collected.accounts).toHaveLength(organizationOf(parts).Accounts.length);
  const refused = fake.calls().filter((call) => /Throttl|TooMany/.test(call.error ?? ''));
  expect(refused.length).toBeGreaterThan(0);
  expect(fleet.callLog.throttled()).toBe(refused.length);
});

test('at the limits of a usual account the pace keeps below them, so that hardly a call is refused', async () => {
  const { rateClock, rateClockMs } = sharedTime();
  const { fake, fleet } = await serve(
    parts,
    { rateClockMs, throttling: realisticThrottling },
    { ...patient, rateClock },
  );
  expect(gapsOf(await collect(fleet))).toEqual([]);
  expect(fleet.callLog.throttled()).toBeLessThan(fake.calls().length / 50);
});

test('a call that is throttled for ever becomes a gap in the end, and the others are read', async () => {
  const { rateClock, rateClockMs } = sharedTime();
  const { fake, fleet } = await serve(
    parts,
    { rateClockMs, faults: [{ kind: 'throttle', operation: 'ecr:DescribeRegistry' }] },
    { ...patient, rateClock },
  );
  const collected = await collect(fleet, {
    regions: ['eu-west-1'],
    accounts: [organizationOf(parts).Accounts[0]?.Id ?? ''],
  });
  expect(gapsOf(collected)).toMatchObject([{ source: 'ecr:DescribeRegistry', reason: 'throttled' }]);
  expect(fake.callCounts()['ecr:DescribeRegistry']).toBe(60);
});
