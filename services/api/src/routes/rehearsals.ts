import { setImmediate } from 'node:timers/promises';
import { createRoute, z } from '@hono/zod-openapi';
import {
  askedUse,
  pathText,
  plainRehearsal,
  type Rehearsal,
  type RehearsalResult,
  rehearsalSteps,
  type UseGiven,
  withUse,
} from '@ecr-audit/access';
import {
  type ActivityFilter,
  type ActivityRow,
  listActivity,
  listActivityCoverage,
  type Store,
} from '@ecr-audit/store';
import type { Api } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { Problem } from '../http/problem.ts';
import { respond } from '../http/respond.ts';
import { resolveAsOf, resolveScan } from '../resolve-as-of.ts';
import { asOfBody, asOfSchema } from '../schemas/as-of.ts';
import { rehearsalSchema } from '../schemas/rehearsal.ts';
import { responses } from '../schemas/responses.ts';
import { scanIdSchema } from '../schemas/text.ts';
import type { Snapshots } from '../snapshots/snapshots.ts';

const daysDefault = 90;
const daysMax = 3650;
const dayMs = 24 * 60 * 60 * 1000;
// An SCP takes seconds to rehearse in a large organization; others are answered in between.
const turnEveryMs = 25;
const pageRowsMax = 1000;

const body = z
  .strictObject({
    changes: z.array(z.unknown()).openapi({
      description:
        'Changes, made one after the other: `change` is a word such as `setRepositoryPolicy`, beside what that takes. `ecr-audit rehearse --help` lists them.',
      example: [
        {
          change: 'deleteRepositoryPolicy',
          repository: 'arn:aws:ecr:eu-west-1:111122223333:repository/team/app',
        },
      ],
    }),
    scan: scanIdSchema
      .optional()
      .openapi({ description: 'A completed scan to rehearse on; the latest one of all where none is named.' }),
    days: z
      .int({ error: `expected a whole number from 1 to ${daysMax}` })
      .min(1, { error: `expected a whole number from 1 to ${daysMax}` })
      .max(daysMax, { error: `expected a whole number from 1 to ${daysMax}` })
      .default(daysDefault)
      .openapi({ description: 'How many days of use before the scan count.' }),
  })
  .openapi('RehearsalRequest');

const answer = z.object({ asOf: asOfSchema, rehearsal: rehearsalSchema });

const route = createRoute({
  method: 'post',
  path: '/v1/rehearsals',
  operationId: 'rehearse',
  tags: ['Access'],
  summary: 'Who would gain or lose what if these policies were changed, and who used what they would lose?',
  description: 'Nothing is changed: it is a POST because the question is a document.',
  request: { body: { required: true, content: { 'application/json': { schema: body } } } },
  responses: responses('What the changes would do.', answer),
});

export function addRehearsalRoute(api: Api, { store, clock }: ApiDependencies, snapshots: Snapshots): void {
  api.openapi(route, async (context) => {
    const { scan, changes, days } = context.req.valid('json');
    const asOf =
      scan === undefined
        ? await resolveAsOf(store, { target: undefined, scanId: null })
        : await resolveScan(store, scan);
    const snapshot = await snapshots.ofScan(asOf.scanId);
    const since = new Date(Date.parse(snapshot.takenAt) - days * dayMs).toISOString();
    const result = await inTurns(rehearsalSteps(snapshot, { changes }), clock);
    if (result.kind === 'refused') {
      throw refusal(result);
    }
    const rehearsal = await withStoredUse(store, result.rehearsal, since);
    return respond(context, answer, { asOf: asOfBody(asOf), rehearsal: plainRehearsal(rehearsal) });
  });
}

function refusal({ problems }: Extract<RehearsalResult, { readonly kind: 'refused' }>): Problem {
  const errors = problems.map(({ path, place, position, message }) => ({
    in: 'body' as const,
    field: path.map(String).join('.'),
    message: [
      place === null || place === 'document' ? '' : `${place}: `,
      position === null ? '' : `line ${position.line}, column ${position.column}: `,
      message,
    ].join(''),
  }));
  const [first] = problems;
  const where = first === undefined ? 'the changes' : `\`${pathText(first.path)}\``;
  return new Problem('questionRefused', `${where} cannot be rehearsed: ${errors[0]?.message ?? 'see `errors`'}`, {
    errors,
  });
}

async function inTurns(steps: Generator<void, RehearsalResult>, clock: () => number): Promise<RehearsalResult> {
  let turnAt = clock();
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      return step.value;
    }
    if (clock() - turnAt > turnEveryMs) {
      await setImmediate();
      turnAt = clock();
    }
  }
}

/** A rehearsal with the use that the database knows of; not known where it never saw any event. */
export async function withStoredUse(store: Store, rehearsal: Rehearsal, since: string): Promise<Rehearsal> {
  const coverage = await listActivityCoverage(store.sql);
  if (coverage.length === 0) {
    return rehearsal;
  }
  const uses: UseGiven['uses'][number][] = [];
  for (const filter of filtersOf(rehearsal)) {
    for await (const row of everyRow(store, filter)) {
      const lastUsedAt = new Date(row.lastAt).toISOString();
      if (lastUsedAt >= since) {
        const { principalKey, principalArn, principalAccountId, repositoryArn, accountId, region, action } = row;
        const principal = { principalId: principalKey, principalArn, principalAccountId };
        uses.push({ ...principal, repositoryArn, accountId, region, action, lastUsedAt });
      }
    }
  }
  const observed = coverage.flatMap(({ accountId, region, from, until }) =>
    from === null || until === null ? [] : [{ accountId, region, from, until }],
  );
  return withUse(rehearsal, { uses, since, observed });
}

type Filter = Omit<ActivityFilter, 'limit' | 'after'>;

function filtersOf(rehearsal: Rehearsal): Filter[] {
  const asked = askedUse(rehearsal);
  switch (asked.kind) {
    case 'nothing':
      return [];
    case 'repositories':
      return asked.repositories.map(({ accountId, region, name }) => ({ accountId, region, repository: name }));
    case 'principals':
      return asked.principalKeys.map((principalKey) => ({ principalKey }));
    case 'everything':
      return [{}];
    default:
      return asked satisfies never;
  }
}

async function* everyRow({ sql }: Store, filter: Filter): AsyncGenerator<ActivityRow> {
  let after: ActivityRow | undefined;
  for (;;) {
    const page = await listActivity(sql, { ...filter, limit: pageRowsMax, ...(after === undefined ? {} : { after }) });
    yield* page;
    after = page.at(-1);
    if (after === undefined || page.length < pageRowsMax) {
      return;
    }
  }
}
