import { setTimeout as wait } from 'node:timers/promises';
import { createRoute, z } from '@hono/zod-openapi';
import { findScan, type ScanProgress, scanProgress, type Store } from '@ecr-audit/store';
import { streamSSE } from 'hono/streaming';
import type { Api } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { Problem } from '../http/problem.ts';
import { scanNotFound } from '../resolve-as-of.ts';
import { responses } from '../schemas/responses.ts';
import { scanBody } from '../schemas/scan.ts';
import { scanIdSchema } from '../schemas/text.ts';

// A step takes seconds. Each look is one statement of a millisecond.
const lookEveryMs = 500;
// Proxies cut connections that are silent for a minute.
const heartbeatEveryLooks = 30;
// An hour; a browser comes back by itself.
const looksMax = 7_200;
// Each looks twice a second.
const readersMax = 64;

const route = createRoute({
  method: 'get',
  path: '/v1/scans/{id}/events',
  operationId: 'followScan',
  tags: ['Scans'],
  summary: 'Follow a scan: server-sent events until it is completed or has failed',
  description:
    'Each `progress` says how many steps are done of those that are known so far: an organization tells its accounts, an account its regions. The last event is `completed` or `failed`, with the scan. The stream ends by itself then, or after an hour.',
  request: { params: z.object({ id: scanIdSchema }), query: z.strictObject({}) },
  responses: {
    ...responses('Events.', z.unknown()),
    200: {
      description: 'Events.',
      content: { 'text/event-stream': { schema: z.string().openapi({ description: 'Server-sent events.' }) } },
    },
  },
});

export function addScanEventsRoute(api: Api, { store }: ApiDependencies): void {
  let readers = 0;
  api.openapi(route, async (context) => {
    const { id } = context.req.valid('param');
    const first = await scanProgress(store.sql, id);
    if (first === null) {
      throw scanNotFound(id);
    }
    if (readers >= readersMax) {
      throw new Problem('tooBusy', `${readers} readers follow scans already: ask for \`/v1/scans/${id}\` instead`, {
        headers: { 'retry-after': '30' },
      });
    }
    readers += 1;
    return streamSSE(context, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      try {
        for await (const event of eventsOf(store, { id, first, signal: gone.signal })) {
          await (event === null ? stream.write(': alive\n\n') : stream.writeSSE(event));
        }
      } catch (error) {
        // The stream ends without a last event, which tells a reader to come back.
        context.get('logger').warn({ err: error }, 'the events of a scan broke off');
      } finally {
        readers -= 1;
      }
    });
  });
}

interface ScanEvent {
  readonly event: 'progress' | 'completed' | 'failed';
  readonly data: string;
}

/** What becomes of a scan; null where nothing was to be told for a while. */
async function* eventsOf(
  store: Store,
  { id, first, signal }: { readonly id: string; readonly first: ScanProgress; readonly signal: AbortSignal },
): AsyncGenerator<ScanEvent | null> {
  let told = '';
  let silent = 0;
  let progress: ScanProgress | null = first;
  for (let look = 0; progress !== null && look < looksMax && !signal.aborted; look += 1) {
    const { status, stepsDone, stepsTotal, gaps } = progress;
    const data = JSON.stringify({ status, steps: { done: stepsDone, total: stepsTotal }, gaps });
    if (data !== told) {
      yield { event: 'progress', data };
      told = data;
      silent = 0;
    } else if (++silent % heartbeatEveryLooks === 0) {
      yield null;
    }
    if (status === 'completed' || status === 'failed') {
      const scan = await findScan(store.sql, id);
      yield { event: status, data: JSON.stringify({ scan: scan === null ? null : scanBody(scan) }) };
      return;
    }
    await wait(lookEveryMs, undefined, { signal, ref: false }).catch(() => {});
    progress = await scanProgress(store.sql, id);
  }
}
