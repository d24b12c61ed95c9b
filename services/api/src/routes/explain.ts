import { createRoute, z } from '@hono/zod-openapi';
import { accessRequestSchema, explainRequest, tellStory, type Snapshot } from '@ecr-audit/access';
import type { Api, ApiDependencies } from '../api.ts';
import { Problem } from '../http/problem.ts';
import { respond } from '../http/respond.ts';
import { resolveAsOf, resolveScan } from '../resolve-as-of.ts';
import { asOfBody, asOfSchema } from '../schemas/as-of.ts';
import { explanationSchema } from '../schemas/explanation.ts';
import { responses } from '../schemas/responses.ts';
import { scanIdSchema } from '../schemas/text.ts';
import { readSnapshot } from '../snapshots/read-snapshot.ts';
import { recentlyUsed } from '../snapshots/recently-used.ts';

// The snapshot of an organization with 5,000 roles takes some 100 MB, and people ask about now and about last week.
const snapshotsMax = 4;

const body = accessRequestSchema
  .extend({
    scan: scanIdSchema
      .optional()
      .openapi({ description: 'A completed scan to explain from; the latest one of all where none is named.' }),
  })
  .openapi('ExplainRequest');

const answer = z.object({
  asOf: asOfSchema,
  explanation: explanationSchema,
  text: z.array(z.string()).openapi({ description: 'The explanation for a person, line by line.' }),
});

const route = createRoute({
  method: 'post',
  path: '/v1/explain',
  operationId: 'explain',
  tags: ['Access'],
  summary: 'May this principal do that, and because of which statements?',
  description: 'Nothing is changed: it is a POST because the question is a document.',
  request: { body: { required: true, content: { 'application/json': { schema: body } } } },
  responses: responses('The answer with its reasons.', answer),
});

export function addExplainRoute(api: Api, { store }: ApiDependencies): void {
  const snapshots = recentlyUsed<Snapshot>(snapshotsMax);
  api.openapi(route, async (context) => {
    const { scan, ...request } = context.req.valid('json');
    const asOf =
      scan === undefined
        ? await resolveAsOf(store, { target: undefined, scanId: null })
        : await resolveScan(store, scan);
    const snapshot = await snapshots.get(asOf.scanId, () => readSnapshot(store, asOf.scanId));
    const result = explainRequest(snapshot, request);
    if (result.kind === 'error') {
      throw new Problem('questionRefused', result.message);
    }
    const { explanation } = result;
    return respond(context, answer, { asOf: asOfBody(asOf), explanation, text: tellStory(explanation) });
  });
}
