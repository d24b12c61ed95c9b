import { createRoute, z } from '@hono/zod-openapi';
import { accessRequestSchema, explainRequest, tellStory } from '@ecr-audit/access';
import type { Api } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { accountOfArn, accountsOf, checkAllowed } from '../auth/accounts-of.ts';
import { Problem } from '../http/problem.ts';
import { respond } from '../http/respond.ts';
import { resolveAsOf, resolveScan } from '../resolve-as-of.ts';
import { asOfBody, asOfSchema } from '../schemas/as-of.ts';
import { explanationSchema } from '../schemas/explanation.ts';
import { responses } from '../schemas/responses.ts';
import { scanIdSchema } from '../schemas/text.ts';
import type { Snapshots } from '../snapshots/snapshots.ts';

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

export function addExplainRoute(api: Api, { store }: ApiDependencies, snapshots: Snapshots): void {
  api.openapi(route, async (context) => {
    const { scan, ...request } = context.req.valid('json');
    if (accountsOf(context) !== null) {
      // The answer quotes the policies of both sides. A principal that is named by its unique id names no account.
      checkAllowed(context, [accountOfArn(request.principal), accountOfArn(request.resource)]);
    }
    const asOf =
      scan === undefined
        ? await resolveAsOf(store, { target: undefined, scanId: null })
        : await resolveScan(store, scan);
    const snapshot = await snapshots.ofScan(asOf.scanId);
    const result = explainRequest(snapshot, request);
    if (result.kind === 'error') {
      throw new Problem('questionRefused', result.message);
    }
    const { explanation } = result;
    return respond(context, answer, { asOf: asOfBody(asOf), explanation, text: tellStory(explanation) });
  });
}
