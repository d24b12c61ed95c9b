import { backendCases } from '../jobs/harness/backends.ts';
import { openFleetWorld, resultOf, type ScanResult } from './fleet-world.ts';

/** What one collector and one evaluator, whom nobody disturbs, make of the organization of thirty accounts. */
export async function undisturbedResult(): Promise<ScanResult> {
  const [backend] = backendCases;
  if (backend === undefined) {
    throw new Error('there is no backend of the queues');
  }
  const world = await openFleetWorld(backend);
  try {
    await world.start('evaluator');
    await world.collector({ ECR_AUDIT_ACCOUNTS_AT_A_TIME: '8' });
    await world.scanIn('completed');
    return await resultOf(world);
  } finally {
    await world.close();
  }
}
