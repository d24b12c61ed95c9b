import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { addEvaluation, openQueues } from '@ecr-audit/jobs';
import { describe, expect, it } from 'vitest';
import { backendCases } from './harness/backends.ts';

const startsMax = 6;

for (const backend of backendCases) {
  describe.skipIf(backend.isSkipped)(`a job that kills its worker, queues on ${backend.title}`, () => {
    it('is started six times at most, and then recorded as given up', { timeout: 120_000 }, async () => {
      const place = await backend.open();
      const { redisUrl, namespace } = place;
      const queues = await openQueues({ databaseUrl: place.database.url, redisUrl, namespace, onError: () => {} });
      try {
        const scanId = randomUUID();
        await addEvaluation(queues, scanId);

        const environment = {
          ...process.env,
          DATABASE_URL: place.database.url,
          REDIS_URL: redisUrl,
          ECR_AUDIT_QUEUE_NAMESPACE: namespace,
        };
        const script = path.join(import.meta.dirname, 'fixtures/kill-own-worker.ts');
        const ends = Array.from({ length: startsMax + 1 }, () =>
          spawnSync(process.execPath, [script], { env: environment, encoding: 'utf8', timeout: 30_000 }),
        );
        expect(ends.map(({ signal }) => signal)).toEqual([...Array.from({ length: startsMax }, () => 'SIGKILL'), null]);
        expect(JSON.parse(ends.at(-1)?.stdout ?? '')).toEqual({ scanId, message: 'started 6 times and never ended' });
      } finally {
        await queues.close();
        await place.close();
      }
    });
  });
}
