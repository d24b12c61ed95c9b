import { z } from 'zod';
import { readPart } from '../snapshot/read-part.ts';
import type { SnapshotPart } from '../snapshot/part.ts';

const REPOSITORIES = /^accounts\/\d{12}\/[a-z0-9-]+\/repositories\.json$/;

// The first command line of AWS printed seconds, the second prints ISO 8601.
const creationsSchema = z.object({
  repositories: z.array(
    z.object({ repositoryArn: z.string(), createdAt: z.union([z.string(), z.number()]).optional().catch(undefined) }),
  ),
});

/** When the repositories of a snapshot were made, by ARN, in milliseconds; those without a time that can be read are left out. */
export function repositoryCreations(parts: readonly SnapshotPart[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const part of parts) {
    const { repositories } = REPOSITORIES.test(part.path) ? readPart(part, creationsSchema) : { repositories: [] };
    for (const { repositoryArn, createdAt } of repositories) {
      const timeMs = typeof createdAt === 'number' ? createdAt * 1000 : Date.parse(createdAt ?? '');
      if (Number.isFinite(timeMs)) {
        times.set(repositoryArn, timeMs);
      }
    }
  }
  return times;
}
