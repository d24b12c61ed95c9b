import { createRoute, z } from '@hono/zod-openapi';
import { migrationState } from '@ecr-audit/store';
import type { Api } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { type ApiDocument, describeApi } from '../docs/describe-api.ts';
import { databaseProblem } from '../http/handle-error.ts';
import { respond } from '../http/respond.ts';
import { responses } from '../schemas/responses.ts';

const healthAnswer = z.object({ status: z.literal('alive') });
const healthRoute = createRoute({
  method: 'get',
  path: '/healthz',
  operationId: 'getHealth',
  tags: ['Operations'],
  summary: 'Whether the process answers; it says nothing about the database',
  responses: responses('The process answers.', healthAnswer),
});

const readyAnswer = z.object({
  status: z.literal('ready'),
  database: z.literal('reachable'),
  migrations: z.literal('current'),
});
const readyRoute = createRoute({
  method: 'get',
  path: '/readyz',
  operationId: 'getReadiness',
  tags: ['Operations'],
  summary: 'Whether requests can be answered: the database is reachable and its schema is the one of this version',
  responses: responses('Requests can be answered.', readyAnswer),
});

const documentAnswer = z.looseObject({ openapi: z.string() });
const documentRoute = createRoute({
  method: 'get',
  path: '/openapi.json',
  operationId: 'getOpenApiDocument',
  tags: ['Operations'],
  summary: 'This document',
  responses: responses('An OpenAPI 3.1 document.', documentAnswer),
});

export function addOperationRoutes(api: Api, { store, logger }: ApiDependencies): void {
  api.openapi(healthRoute, (context) => respond(context, healthAnswer, { status: 'alive' }));

  api.openapi(readyRoute, async (context) => {
    const { pending, unknown } = await migrationState(store.sql);
    if (pending.length > 0 || unknown.length > 0) {
      logger.warn({ pending, unknown }, 'the schema of the database is not the one of this version');
      throw databaseProblem('notMigrated');
    }
    return respond(context, readyAnswer, { status: 'ready', database: 'reachable', migrations: 'current' });
  });

  let document: ApiDocument | null = null;
  api.openapi(documentRoute, (context) => {
    // Made when it is asked for the first time: all routes are registered by then.
    document ??= describeApi(api);
    return respond(context, documentAnswer, { ...document });
  });
}
