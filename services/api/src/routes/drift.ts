import { createRoute, z } from '@hono/zod-openapi';
import { type AsOf, scanBefore } from '@ecr-audit/store';
import { isNamedLike } from '../access-list/name-pattern.ts';
import type { Api } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { answerList } from '../formats/answer-list.ts';
import { asOfHead, listOf } from '../formats/list.ts';
import { invalidQuery, Problem } from '../http/problem.ts';
import { readCursor } from '../paging/cursor.ts';
import { placedAfter } from '../paging/in-memory.ts';
import type { DriftItem, DriftReport } from '../reports/drift-report.ts';
import type { Reports } from '../reports/reports.ts';
import { resolveAsOf, resolveScan } from '../resolve-as-of.ts';
import { asOfBody, asOfSchema } from '../schemas/as-of.ts';
import { differenceBetweenSchema, driftItemSchema, driftKinds, notComparedSchema } from '../schemas/drift.ts';
import { accountQuery, namePatternQuery, targetQuery } from '../schemas/list-query.ts';
import { scanIdSchema, text, word } from '../schemas/text.ts';

const arnLengthMax = 2048;
const notComparedMax = 200;

const head = {
  ...asOfHead,
  from: asOfSchema.openapi({ description: 'The earlier of the two scans; `asOf` is the later one.' }),
  evaluatorVersion: z.string().openapi({ description: 'Of the rules by which both were judged.' }),
  compared: z.object({ principals: z.int(), repositories: z.int() }),
  notCompared: z.object({
    total: z.int(),
    first: z.array(notComparedSchema).openapi({ description: 'What either scan could not read.' }),
  }),
};
const scansQuery = {
  ...targetQuery,
  from: scanIdSchema.optional().openapi({ description: 'The earlier scan; the one before `to` where none is named.' }),
  to: scanIdSchema.optional().openapi({ description: 'The later scan; the latest one where none is named.' }),
};

const list = listOf('drift', driftItemSchema, head);
const listRoute = createRoute({
  method: 'get',
  path: '/v1/drift',
  operationId: 'compareScans',
  tags: ['Drift'],
  summary: 'How access became other between two scans, because of which differences',
  description:
    'Both are judged by the rules of today. What either could not read is never drift. The first answer about two scans takes some seconds; `GET /v1/scans/{id}/drift` has at once what was found when a scan was evaluated.',
  request: {
    query: z.strictObject({
      ...list.query,
      ...scansQuery,
      kind: word(driftKinds).optional(),
      certain: word(['true', 'false']).optional(),
      capability: word(['pull', 'push', 'delete', 'administer', 'replicate']).optional(),
      principal: text(arnLengthMax).optional().openapi({ description: 'Id or ARN.' }),
      repository: namePatternQuery('drift on repositories'),
      accountId: accountQuery('Only drift on repositories and registries of this account.'),
    }),
  },
  responses: list.responses('Drift, what matters most first.'),
});

const differences = listOf('differences', differenceBetweenSchema, head);
const differencesRoute = createRoute({
  method: 'get',
  path: '/v1/drift/differences',
  operationId: 'listDifferences',
  tags: ['Drift'],
  summary: 'What became other in the configuration between two scans, and through whose call',
  request: {
    query: z.strictObject({
      ...differences.query,
      ...scansQuery,
      accountId: accountQuery('Only differences of this account.'),
      concernsEcr: word(['true', 'false']).optional().openapi({ description: 'Whether access to ECR may rest on it.' }),
    }),
  },
  responses: differences.responses('Differences.'),
});
// Which scans, since a newer one may be the latest by then.
const position = z.object({ fromScanId: scanIdSchema, index: z.int().min(0) });

interface Asked {
  readonly target?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly cursor?: string | undefined;
}

export function addDriftRoutes(api: Api, { store }: ApiDependencies, reports: Reports): void {
  const compare = async (name: string, { target, from, to, cursor }: Asked) => {
    const known = readCursor(name, cursor, position);
    const later = known?.scanId ?? to ?? null;
    const asOf = later === null ? await resolveAsOf(store, { target, scanId: null }) : await resolveScan(store, later);
    const earlier = await resolveScan(store, known?.after.fromScanId ?? from ?? (await idBefore(asOf)));
    checkOrder(earlier, asOf);
    const report = await reports.of({ kind: 'drift', job: { fromScanId: earlier.scanId, toScanId: asOf.scanId } });
    return { asOf, report, earlier, after: known?.after ?? null };
  };
  const idBefore = async (asOf: AsOf): Promise<string> => {
    const before = await scanBefore(store.sql, asOf);
    if (before === null) {
      throw new Problem(
        'noCompletedScan',
        `scan \`${asOf.scanId}\` is the first of \`${asOf.targetKey}\`: expected two`,
      );
    }
    return before;
  };

  api.openapi(listRoute, async (context) => {
    const query = context.req.valid('query');
    const compared = await compare('drift', query);
    const items = compared.report.items.filter((item) => isAsked(item, query));
    return await answerList(context, list, {
      query,
      asOf: compared.asOf,
      isKept: false,
      head: () => headOf(compared),
      after: compared.after,
      read: ({ after, limit }) => placedAfter(items, { after: after?.index ?? null, limit }),
      afterOf: ({ index }) => ({ fromScanId: compared.earlier.scanId, index }),
      body: ({ item }) => item,
    });
  });

  api.openapi(differencesRoute, async (context) => {
    const query = context.req.valid('query');
    const compared = await compare('differences', query);
    const { accountId, concernsEcr } = query;
    const found = compared.report.differences
      .map((difference, index) => ({ ...difference, index }))
      .filter(
        (each) =>
          (accountId === undefined || each.accountId === accountId) &&
          (concernsEcr === undefined || String(each.concernsEcr) === concernsEcr),
      );
    return await answerList(context, differences, {
      query,
      asOf: compared.asOf,
      isKept: false,
      head: () => headOf(compared),
      after: compared.after,
      read: ({ after, limit }) => placedAfter(found, { after: after?.index ?? null, limit }),
      afterOf: ({ index }) => ({ fromScanId: compared.earlier.scanId, index }),
      body: ({ item: { statements, cause, ...rest } }) => ({
        ...rest,
        statements: statements.map((statement) => ({ ...statement })),
        cause: cause === null ? null : { ...cause },
      }),
    });
  });
}

const headOf = ({ asOf, earlier, report }: { asOf: AsOf; earlier: AsOf; report: DriftReport }) => ({
  asOf: asOfBody(asOf),
  from: asOfBody(earlier),
  evaluatorVersion: report.evaluatorVersion,
  compared: report.compared,
  notCompared: {
    total: report.notCompared.length,
    first: report.notCompared
      .slice(0, notComparedMax)
      .map(({ what, accountId, region, resource, unreadIn }) => ({ what, accountId, region, resource, unreadIn })),
  },
});

function checkOrder(earlier: AsOf, later: AsOf): void {
  const message =
    earlier.targetKey !== later.targetKey
      ? 'expected two scans of one target'
      : earlier.evaluation >= later.evaluation
        ? 'expected a scan before `to`'
        : null;
  if (message !== null) {
    throw invalidQuery('from', message);
  }
}

function isAsked(
  item: DriftItem,
  asked: {
    readonly kind?: string | undefined;
    readonly certain?: string | undefined;
    readonly capability?: string | undefined;
    readonly principal?: string | undefined;
    readonly repository?: string | undefined;
    readonly accountId?: string | undefined;
  },
): boolean {
  const { kind, certain, capability, principal, repository, accountId } = asked;
  const accounts = [
    ...item.repositories.map((arn) => arn.split(':')[4]),
    ...item.registries.map((each) => each.accountId),
  ];
  return (
    (kind === undefined || item.kind === kind) &&
    (certain === undefined || String(item.isCertain) === certain) &&
    (capability === undefined || item.capabilities.some((each) => each === capability)) &&
    (principal === undefined || item.principals.some(({ id, arn }) => id === principal || arn === principal)) &&
    (repository === undefined || item.repositories.some((arn) => isNamedLike(nameOf(arn), repository))) &&
    (accountId === undefined || accounts.includes(accountId))
  );
}

function nameOf(arn: string): string {
  return arn.slice(arn.indexOf(':repository/') + ':repository/'.length);
}
