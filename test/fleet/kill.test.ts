import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { backendCases } from '../jobs/harness/backends.ts';
import type { ServiceProcess } from '../jobs/harness/service-process.ts';
import { until } from '../jobs/harness/until.ts';
import { createRandom } from '../organization-generator/random.ts';
import { openFleetWorld, resultOf, type FleetWorld, type ScanResult } from './fleet-world.ts';
import { undisturbedResult } from './undisturbed.ts';

const testTimeoutMs = 180_000;
// Of the 1,000 calls and more that a scan makes; so a worker dies every second or so.
const callsBetweenKillsMin = 40;
const callsBetweenKillsRange = 120;
const killsMax = 12;

let undisturbed: ScanResult;
let world: FleetWorld | undefined;
beforeAll(async () => {
  undisturbed = await undisturbedResult();
}, testTimeoutMs);
afterEach(async () => {
  await world?.close();
  world = undefined;
}, testTimeoutMs);

it('an undisturbed scan of thirty accounts reads all of them', () => {
  expect(undisturbed.gaps).toEqual([]);
  expect(undisturbed.access.length).toBeGreaterThan(1_000);
  expect(undisturbed.messages).toBe(1);
});

for (const [index, backend] of backendCases.entries()) {
  describe.skipIf(backend.isSkipped)(`three collectors and two evaluators, queues on ${backend.title}`, () => {
    it(
      'killed at random through a scan, they come to what an undisturbed scan comes to',
      async () => {
        const random = createRandom(`kill ${index}`);
        const fleet = await openFleetWorld(backend, { latencyMs: 4 });
        world = fleet;
        const running: { readonly name: 'collector' | 'evaluator'; readonly process: ServiceProcess }[] = [];
        const add = async (name: 'collector' | 'evaluator'): Promise<void> => {
          running.push({ name, process: await (name === 'collector' ? fleet.collector() : fleet.start(name)) });
        };
        await Promise.all((['collector', 'collector', 'collector', 'evaluator', 'evaluator'] as const).map(add));

        const replacements: Promise<void>[] = [];
        const pause = (): number => callsBetweenKillsMin + random.below(callsBetweenKillsRange);
        let nextKill = pause();
        await until(
          'the scan to complete',
          async () => {
            const [scan] = await fleet.scans();
            if (scan?.status === 'completed' || scan?.status === 'failed') {
              return true;
            }
            const calls = fleet.aws.calls().length;
            // While the scan is evaluated nobody calls AWS; then one dies at every look.
            if (replacements.length < killsMax && (calls >= nextKill || scan?.status === 'evaluating')) {
              nextKill = calls + pause();
              const [victim] = running.splice(random.below(running.length), 1);
              if (victim !== undefined) {
                await victim.process.stop('SIGKILL');
                replacements.push(add(victim.name));
              }
            }
            return false;
          },
          { timeoutMs: testTimeoutMs },
        );
        await Promise.all(replacements);
        expect(replacements.length).toBeGreaterThan(3);
        expect(await resultOf(fleet)).toEqual(undisturbed);
      },
      testTimeoutMs,
    );
  });
}
