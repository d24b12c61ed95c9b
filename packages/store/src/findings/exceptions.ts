import { type FindingState, judgeExceptions, SEVERITIES } from '@ecr-audit/access';
import { z } from 'zod';
import { StoreError } from '../errors.ts';
import type { Store } from '../open-store.ts';
import type { Sql } from '../sql.ts';
import { boundExceptions } from './bound-exceptions.ts';
import { lockFinding, recordChange } from './change-finding.ts';
import { shown } from './finding-rows.ts';

export type ExceptionSource = 'api' | 'cli' | 'slack' | 'file';

export interface ExceptionToAdd {
  /** Null is the only target that has such a finding. */
  readonly targetKey: string | null;
  readonly fingerprint: string;
  readonly approvedBy: string;
  readonly reason: string;
  /** ISO times, UTC; `until` comes after `at`. */
  readonly until: string;
  readonly at: string;
  readonly source: ExceptionSource;
}

export interface AddedException {
  readonly exception: ListedException;
  readonly finding: FindingState;
  /** False where the very same exception was there. */
  readonly isNew: boolean;
}

const listedSchema = z.object({
  id: z.string(),
  targetKey: z.string(),
  fingerprint: z.string(),
  approvedBy: z.string(),
  reason: z.string(),
  approvedAt: z.string(),
  until: z.string(),
  source: z.enum(['api', 'cli', 'slack', 'file']),
  severity: z.enum(SEVERITIES),
  withdrawnAt: z.string().nullable(),
  withdrawnBy: z.string().nullable(),
  /** Of the finding; null where there is none. */
  findingStatus: z.enum(['active', 'archived', 'resolved']).nullable(),
  findingTitle: z.string().nullable(),
  accountId: z.string().nullable(),
});

/** An exception, and how the finding stands that it is about. */
export type ListedException = z.output<typeof listedSchema>;

/**
 * Approves what a finding is about, as it stands now: its severity and its scope, and no more than that. Null where there is no
 * such finding. Throws `exceptionPast` where `until` is not after `at`.
 */
export async function addException(store: Store, wanted: ExceptionToAdd): Promise<AddedException | null> {
  const { at, until } = wanted;
  if (!(Date.parse(until) > Date.parse(at))) {
    throw new StoreError('exceptionPast', `the exception ends at \`${until}\`: expected a time after \`${at}\``);
  }
  return await store.sql.begin(async (sql) => await addExceptionIn(sql, wanted));
}

/** The same within a transaction. */
export async function addExceptionIn(sql: Sql, wanted: ExceptionToAdd): Promise<AddedException | null> {
  const { fingerprint, at, until, source } = wanted;
  const [approvedBy, reason] = [shown(wanted.approvedBy), shown(wanted.reason)];
  const found = await lockFinding(sql, wanted);
  if (found === null) {
    return null;
  }
  const { targetId, state } = found;
  const { severity, scope } = state.finding;
  const rows = await sql<{ id: string }[]>`
      insert into audit.exception (
        target_id, fingerprint, approved_by, reason, approved_at, until, source, severity, scope)
      values (
        ${targetId}, ${fingerprint}, ${approvedBy}, ${reason}, ${at}, ${until}, ${source}, ${severity},
        ${JSON.stringify(scope)}::text::json)
      on conflict do nothing
      returning id`;
  const finding = await archive(sql, found, { by: approvedBy, at, until, reason });
  const [exception] = await listed(sql, {
    targetId,
    fingerprint,
    id: rows[0]?.id ?? null,
    same: { approvedBy, until, reason },
  });
  if (exception === undefined) {
    throw new Error('an exception that was written is not there');
  }
  return { exception, finding, isNew: rows.length === 1 };
}

async function archive(
  sql: Sql,
  { targetId, state }: { readonly targetId: number; readonly state: FindingState },
  { by, at, until, reason }: { by: string; at: string; until: string; reason: string },
): Promise<FindingState> {
  const { covers } = judgeExceptions(
    state.finding,
    await boundExceptions(sql, targetId, state.finding.fingerprint),
    at,
  );
  if (covers === null || state.status !== 'active') {
    return state;
  }
  const next: FindingState = { ...state, status: 'archived', exceptionId: covers.id };
  await recordChange(
    sql,
    { targetId, state: next },
    { by, at, kind: 'archived', why: `approved until ${until}: ${reason}` },
  );
  return next;
}

/** Withdraws an exception; what it archived is active again. Null where there is none that is not withdrawn. */
export async function withdrawException(store: Store, wanted: Withdrawal): Promise<ListedException | null> {
  return await store.sql.begin(async (sql) => await withdrawExceptionIn(sql, wanted));
}

export interface Withdrawal {
  readonly id: string;
  readonly by: string;
  /** ISO time, UTC. */
  readonly at: string;
}

/** The same within a transaction. */
export async function withdrawExceptionIn(sql: Sql, { id, by, at }: Withdrawal): Promise<ListedException | null> {
  const [row] = await sql<{ targetId: number; targetKey: string; fingerprint: string }[]>`
      update audit.exception set withdrawn_at = ${at}, withdrawn_by = ${shown(by)}
      from audit.target
      where target.id = target_id and exception.id = ${id} and withdrawn_at is null
      returning target_id as "targetId", target.key as "targetKey", fingerprint`;
  if (row === undefined) {
    return null;
  }
  const { targetId, targetKey, fingerprint } = row;
  const found = await lockFinding(sql, { targetKey, fingerprint });
  if (found?.state.status === 'archived') {
    const { covers } = judgeExceptions(found.state.finding, await boundExceptions(sql, targetId, fingerprint), at);
    const isOpen = covers === null;
    const state: FindingState = {
      ...found.state,
      status: isOpen ? 'active' : 'archived',
      reopenedAt: isOpen ? at : found.state.reopenedAt,
      exceptionId: covers?.id ?? null,
    };
    const kind = isOpen ? 'reopened' : 'archived';
    await recordChange(sql, { targetId, state }, { by, at, kind, why: 'an exception was withdrawn' });
  }
  const [exception] = await listed(sql, { targetId, fingerprint, id, same: null });
  return exception ?? null;
}

export interface ExceptionFilter {
  readonly id?: string;
  readonly targetKey?: string;
  /** Only those that are neither withdrawn nor over at this time. */
  readonly openAt?: string;
  /** Only those of which no finding is left. */
  readonly isUnmatched?: boolean;
  readonly source?: ExceptionSource;
  readonly accountIds?: readonly string[] | null;
  readonly afterId?: string;
  readonly limit: number;
}

/** Exceptions by their id, with the findings that they are about. */
export async function listExceptions(sql: Sql, filter: ExceptionFilter): Promise<ListedException[]> {
  const { targetKey = null, openAt = null, isUnmatched = null, source = null, accountIds = null } = filter;
  const rows = await sql`
    ${exceptionColumns(sql)}
    where (${targetKey}::text is null or target.key = ${targetKey})
      and (${filter.id ?? null}::uuid is null or exception.id = ${filter.id ?? null})
      and (${openAt}::timestamptz is null or (withdrawn_at is null and until > ${openAt}))
      and (${isUnmatched}::boolean is null
        or (finding.id is null or finding.status = 'resolved') = ${isUnmatched})
      and (${source}::text is null or exception.source = ${source})
      and (${accountIds === null} or finding.account_id in (
        select jsonb_array_elements_text(${JSON.stringify(accountIds ?? [])}::text::jsonb)))
      and (${filter.afterId ?? null}::uuid is null or exception.id > ${filter.afterId ?? null})
    order by exception.id limit ${filter.limit}`;
  return rows.map((row) => listedSchema.parse(row));
}

async function listed(
  sql: Sql,
  wanted: {
    targetId: number;
    fingerprint: string;
    id: string | null;
    same: { approvedBy: string; until: string; reason: string } | null;
  },
): Promise<ListedException[]> {
  const { targetId, fingerprint, id, same } = wanted;
  const rows = await sql`
    ${exceptionColumns(sql)}
    where exception.target_id = ${targetId} and exception.fingerprint = ${fingerprint}
      and (exception.id = ${id} or (${id}::uuid is null and approved_by = ${same?.approvedBy ?? null}
        and until = ${same?.until ?? null} and reason = ${same?.reason ?? null} and withdrawn_at is null))
    limit 1`;
  return rows.map((row) => listedSchema.parse(row));
}

function exceptionColumns(sql: Sql): ReturnType<Sql['unsafe']> {
  return sql`
    select exception.id, target.key as "targetKey", exception.fingerprint, approved_by as "approvedBy", reason,
      approved_at as "approvedAt", until, exception.source, exception.severity, withdrawn_at as "withdrawnAt",
      withdrawn_by as "withdrawnBy", finding.status as "findingStatus", finding.title as "findingTitle",
      finding.account_id as "accountId"
    from audit.exception
    join audit.target on target.id = exception.target_id
    left join audit.finding on finding.target_id = exception.target_id and finding.fingerprint = exception.fingerprint`;
}
