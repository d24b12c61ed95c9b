import { randomUUID } from 'node:crypto';
import { createRoute, z } from '@hono/zod-openapi';
import { findAsOf, findScan, listCoverage, listGaps, listScans, listTargets, wantScan } from '@ecr-audit/store';
import type { Api } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { accountsOf, checkAllowed } from '../auth/accounts-of.ts';
import { answerList } from '../formats/answer-list.ts';
import { listOf } from '../formats/list.ts';
import { Problem } from '../http/problem.ts';
import { respond } from '../http/respond.ts';
import { readCursor, writeCursor } from '../paging/cursor.ts';
import { readPage, type Page } from '../paging/page.ts';
import { scanNotFound } from '../resolve-as-of.ts';
import { nextCursorSchema } from '../schemas/as-of.ts';
import { coverageSchema, gapSchema } from '../schemas/coverage.ts';
import { pageQuery, targetQuery } from '../schemas/list-query.ts';
import { responses } from '../schemas/responses.ts';
import { scanBody, scanSchema, scanStatuses } from '../schemas/scan.ts';
import { accountIdSchema, scanIdSchema, text, word } from '../schemas/text.ts';

const scanParams = z.object({ id: scanIdSchema });
const nameLengthMax = 8000;

const list = listOf('scans', scanSchema, {});
const listRoute = createRoute({
  method: 'get',
  path: '/v1/scans',
  operationId: 'listScans',
  tags: ['Scans'],
  summary: 'Scans, newest first',
  request: { query: z.strictObject({ ...list.query, ...targetQuery, status: word(scanStatuses).optional() }) },
  responses: list.responses('Scans.'),
});

const oneAnswer = z.object({ scan: scanSchema });
const oneRoute = createRoute({
  method: 'get',
  path: '/v1/scans/{id}',
  operationId: 'getScan',
  tags: ['Scans'],
  summary: 'One scan as it stands',
  request: { params: scanParams },
  responses: responses('The scan.', oneAnswer),
});

const coverageAnswer = z.object({
  scan: scanSchema,
  isComplete: z.boolean().openapi({ description: 'Whether everything that access rests on was read.' }),
  coverage: z.array(coverageSchema),
  gaps: z.array(gapSchema),
  nextCursor: nextCursorSchema,
});
const coverageRoute = createRoute({
  method: 'get',
  path: '/v1/scans/{id}/coverage',
  operationId: 'getScanCoverage',
  tags: ['Scans'],
  summary: 'How much of each source a scan could read, and what it could not',
  description:
    'Both lists go on from page to page until both are exhausted. `coverage` is empty until the scan is completed.',
  request: { params: scanParams, query: z.strictObject(pageQuery) },
  responses: responses('Coverage and gaps.', coverageAnswer),
});
// Null is a list that the pages before have exhausted.
const coveragePosition = z.object({
  coverage: z
    .object({ accountId: text(nameLengthMax), region: text(nameLengthMax).nullable(), source: text(nameLengthMax) })
    .nullable(),
  gap: z.int().min(0).nullable(),
});

const accountsMax = 500;
const askedAnswer = z.object({
  scan: scanSchema,
  isNew: z
    .boolean()
    .openapi({ description: 'False where the same scan was asked for before and has not started yet.' }),
});
const askRoute = createRoute({
  method: 'post',
  path: '/v1/scans',
  operationId: 'requestScan',
  tags: ['Scans'],
  summary: 'Ask for a scan now, outside of any schedule',
  description:
    'A collector starts it within seconds, after the scan of the target that is under way. With `accounts`, only these are read again; the others stay as they were read last, and the whole target is evaluated.',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z
            .strictObject({
              target: text(nameLengthMax).openapi({
                description: 'The key of a target that a collector is configured for.',
              }),
              accounts: z.array(accountIdSchema).min(1).max(accountsMax).optional(),
            })
            .openapi('ScanRequest'),
        },
      },
    },
  },
  responses: responses('The scan as it stands.', askedAnswer),
});

export function addScanRoutes(api: Api, { store }: ApiDependencies): void {
  const { sql } = store;

  api.openapi(listRoute, async (context) => {
    const { target, status, ...query } = context.req.valid('query');
    const position = readCursor('scans', query.cursor, z.int().min(0));
    if (target !== undefined && !(await listTargets(sql)).some(({ key }) => key === target)) {
      throw targetNotFound(target);
    }
    return await answerList(context, list, {
      query,
      asOf: null,
      isKept: false,
      head: () => ({}),
      after: position?.after ?? null,
      read: ({ after, limit }) =>
        listScans(sql, {
          limit,
          ...(target === undefined ? {} : { targetKey: target }),
          ...(status === undefined ? {} : { status }),
          ...(after === null ? {} : { beforeSequence: after }),
        }),
      afterOf: ({ sequence }) => sequence,
      body: scanBody,
    });
  });

  api.openapi(askRoute, async (context) => {
    const { target, accounts } = context.req.valid('json');
    if (accountsOf(context) !== null) {
      checkAllowed(context, accounts ?? [null]);
    }
    const wanted = await wantScan(store, {
      scanId: randomUUID(),
      targetKey: target,
      ...(accounts === undefined ? {} : { onlyAccounts: accounts }),
    });
    switch (wanted.kind) {
      case 'targetUnknown':
        throw targetNotFound(target);
      case 'targetNotSetUp':
        throw new Problem(
          'scanRefused',
          `no collector is configured for \`${target}\`: start one whose configuration names it`,
        );
      case 'accountUnknown':
        throw new Problem(
          'accountNotFound',
          `the latest scan of \`${target}\` does not know account \`${wanted.accountId}\`: \`GET /v1/accounts\` lists those that it knows; ask without \`accounts\` to take in others`,
        );
      case 'tooManyWaiting':
        throw new Problem(
          'scanRefused',
          `${wanted.waiting} scans of \`${target}\` wait already: ask again when some have run`,
        );
      case 'wanted':
      case 'alreadyWanted': {
        const scan = await findScan(sql, wanted.scanId);
        if (scan === null) {
          throw scanNotFound(wanted.scanId);
        }
        return respond(context, askedAnswer, { scan: scanBody(scan), isNew: wanted.kind === 'wanted' });
      }
      default:
        return wanted satisfies never;
    }
  });

  api.openapi(oneRoute, async (context) => {
    const { id } = context.req.valid('param');
    const scan = await findScan(sql, id);
    if (scan === null) {
      throw scanNotFound(id);
    }
    return respond(context, oneAnswer, { scan: scanBody(scan) });
  });

  api.openapi(coverageRoute, async (context) => {
    const { id } = context.req.valid('param');
    const { limit, cursor } = context.req.valid('query');
    const after = readCursor('coverage', cursor, coveragePosition)?.after;
    const scan = await findScan(sql, id);
    if (scan === null) {
      throw scanNotFound(id);
    }
    const coverageAfter = after?.coverage;
    const coverage =
      coverageAfter === null
        ? exhausted
        : await readPage(limit, (rows) =>
            listCoverage(sql, id, { limit: rows, ...(coverageAfter === undefined ? {} : { after: coverageAfter }) }),
          );
    const gapAfter = after?.gap;
    const gaps =
      gapAfter === null
        ? exhausted
        : await readPage(limit, (rows) =>
            listGaps(sql, id, { limit: rows, ...(gapAfter === undefined ? {} : { afterId: gapAfter }) }),
          );
    const nextCursor =
      coverage.last === null && gaps.last === null
        ? null
        : writeCursor('coverage', { scanId: null, after: { coverage: coverage.last, gap: gaps.last?.id ?? null } });
    return respond(context, coverageAnswer, {
      scan: scanBody(scan),
      isComplete: (await findAsOf(sql, { scanId: id }))?.isComplete ?? false,
      coverage: coverage.items,
      gaps: gaps.items.map(({ id: _id, ...gap }) => gap),
      nextCursor,
    });
  });
}

const exhausted: Page<never> = { items: [], last: null };

export function targetNotFound(target: string): Problem {
  return new Problem(
    'targetNotFound',
    `there is no target \`${target}\`: expected a \`target.key\` that \`GET /v1/scans\` lists without this filter`,
  );
}
