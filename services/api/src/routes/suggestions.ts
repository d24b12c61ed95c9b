import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { invalidQuery } from '../http/problem.ts';
import { respond } from '../http/respond.ts';
import type { SuggestionSubject } from '../reports/report-jobs.ts';
import type { Reports } from '../reports/reports.ts';
import { resolveAsOf, resolveScan } from '../resolve-as-of.ts';
import { asOfBody, asOfSchema } from '../schemas/as-of.ts';
import { targetQuery } from '../schemas/list-query.ts';
import { responses } from '../schemas/responses.ts';
import { suggestionSchema } from '../schemas/suggestion.ts';
import { scanIdSchema, text, timeSchema, word } from '../schemas/text.ts';
import { daysQuery, periodOf } from '../schemas/use-period.ts';

const arnLengthMax = 2048;

const answer = z.object({
  asOf: asOfSchema,
  period: z.object({ from: timeSchema, until: timeSchema }),
  suggestion: suggestionSchema,
});
const route = createRoute({
  method: 'get',
  path: '/v1/suggestions',
  operationId: 'suggestPolicy',
  tags: ['Activity'],
  summary: 'The least policy that keeps what was used, with the proof: for a user or role, or for a repository',
  description:
    'A suggestion is evaluated in place of what it replaces, and shown only if it keeps every use that was seen and adds nothing. Where none can be made or proved it says why.',
  request: {
    query: z.strictObject({
      ...targetQuery,
      principal: text(arnLengthMax).optional().openapi({
        example: 'arn:aws:iam::111122223333:role/deploy',
        description: 'Unique id or ARN of a user or role. Either this or `repository`.',
      }),
      repository: text(arnLengthMax).optional().openapi({ description: 'ARN of a repository.' }),
      capability: word(['pull', 'push', 'delete', 'administer'])
        .optional()
        .openapi({ description: 'Only what this takes.' }),
      days: daysQuery,
      scan: scanIdSchema.optional().openapi({ description: 'A completed scan; the latest one where none is named.' }),
    }),
  },
  responses: responses('The suggestion.', answer),
});

export function addSuggestionRoute(api: Api, { store, now }: ApiDependencies, reports: Reports): void {
  api.openapi(route, async (context) => {
    const { target, principal, repository, capability = null, days, scan } = context.req.valid('query');
    const subject = subjectOf(principal, repository);
    const asOf =
      scan === undefined ? await resolveAsOf(store, { target, scanId: null }) : await resolveScan(store, scan);
    const period = periodOf(days, now());
    const suggestion = await reports.of({
      kind: 'suggestion',
      job: { scanId: asOf.scanId, period, subject, capability },
    });
    // It comes from another thread, in one of several forms.
    return respond(context, answer, { asOf: asOfBody(asOf), period, suggestion: suggestionSchema.parse(suggestion) });
  });
}

function subjectOf(principal: string | undefined, repository: string | undefined): SuggestionSubject {
  if (principal !== undefined && repository === undefined) {
    return { kind: 'principal', who: principal };
  }
  if (repository !== undefined && principal === undefined) {
    return { kind: 'repository', arn: repository };
  }
  throw invalidQuery(
    principal === undefined ? 'principal' : 'repository',
    'expected either `principal` or `repository`',
  );
}
