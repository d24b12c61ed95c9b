import { z } from 'zod';
import type { Sql } from '../sql.ts';
import type { AccessCell } from './access-cell.ts';
import type { AsOf } from './as-of.ts';

/** From when until when something was so, ISO; `until` is null while it is. */
export interface Period {
  readonly from: string;
  readonly until: string | null;
}

/** In which scans a cell was decided as it is in one of them, under the same condition. */
export interface Validity {
  /** Snapshot times: from the first one that shows it until the first one that does not. */
  readonly valid: Period;
  /** When that was known: when these two scans were evaluated. */
  readonly known: Period;
  /** Whether it ends because nobody could read it, so that it may have gone on. */
  readonly isUnreadAfter: boolean;
  /** Stretches in between that nobody could read, with the same answer before and after. Snapshot times. */
  readonly unread: readonly { readonly from: string; readonly until: string }[];
}

const stretchSchema = z.object({
  place: z.number(),
  since: z.number(),
  until: z.number().nullable(),
  isUnreadAfter: z.boolean(),
  unreadFrom: z.string(),
  unreadUntil: z.string(),
});

/** The validity of cells that were read as of a scan, in their order, as far as it is known by now. */
export async function accessValidity(
  sql: Sql,
  { targetId, evaluation }: AsOf,
  cells: readonly AccessCell[],
): Promise<Validity[]> {
  const asked = cells.map(({ principal, repository, accountId, region, action }, place) => ({
    place,
    principal: principal.id,
    repository: repository?.id ?? null,
    account: accountId,
    region,
    action,
  }));
  const rows = await sql`
    with asked as materialized (
      select cell.place, principal.id as principal_id, cell.repository as repository_id, repository.position,
        cell.account as account_id, cell.region, action.id as action_id,
        greatest(principal.first_seen_scan, repository.first_seen_scan) as first_seen
      from jsonb_to_recordset(${JSON.stringify(asked)}::text::jsonb)
        as cell (place integer, principal text, repository bigint, account text, region text, action text)
      join audit.principal on principal.target_id = ${targetId} and principal.unique_id = cell.principal
      join audit.action on action.name = cell.action
      left join audit.repository on repository.id = cell.repository
    ), changed as materialized (
      select asked.*, change.last, change.next
      from asked cross join lateral (
        select
          max(change.changed_in_scan * 4 + change.unread) filter (where change.changed_in_scan <= ${evaluation}) as last,
          min(change.changed_in_scan * 4 + change.unread) filter (where change.changed_in_scan > ${evaluation}) as next
        from audit.access_change change
        where change.principal_id = asked.principal_id and change.chunk = coalesce(asked.position >> 8, -1)
          and audit.holds(change.actions, asked.action_id)
          and case
            when asked.position is not null then audit.holds(change.members, asked.position & 255)
            else change.account_id = asked.account_id and change.region = asked.region
          end
      ) as change
    )
    select changed.place, stretch.since, stretch.until, stretch.is_unread_after as "isUnreadAfter",
      array_to_json(stretch.unread_from)::text as "unreadFrom", array_to_json(stretch.unread_until)::text as "unreadUntil"
    from changed
    cross join lateral (
      -- Only what nobody could read for a while needs more than the changes next to it.
      select (coalesce(changed.last % 4, 0) = 1 or coalesce(changed.next % 4, 0) = 2) as is_broken
    ) as gap
    cross join lateral (
      select coalesce(changed.last / 4, changed.first_seen) as since, changed.next / 4 as until, false as is_unread_after,
        '{}'::bigint[] as unread_from, '{}'::bigint[] as unread_until
      where not gap.is_broken
      union all
      select *
      from audit.decided_stretch(
        changed.principal_id, changed.repository_id, changed.account_id, changed.region, ${evaluation}, changed.action_id
      )
      where gap.is_broken
    ) as stretch
    order by changed.place`;
  const stretches = rows.map((row) => stretchOf(stretchSchema.parse(row)));
  const times = await timesOf(sql, targetId);
  return stretches.map((stretch) => validityOf(stretch, times));
}

interface Stretch {
  readonly since: number;
  readonly until: number | null;
  readonly isUnreadAfter: boolean;
  readonly unread: readonly { readonly from: number; readonly until: number }[];
}

const evaluationsSchema = z.array(z.number());

function stretchOf({ unreadFrom, unreadUntil, ...stretch }: z.output<typeof stretchSchema>): Stretch {
  const ends = evaluationsSchema.parse(JSON.parse(unreadUntil));
  const unread = evaluationsSchema
    .parse(JSON.parse(unreadFrom))
    .flatMap((from, index) => ends.slice(index, index + 1).map((until) => ({ from, until })));
  return { ...stretch, unread };
}

type Times = ReadonlyMap<number, { readonly takenAt: string; readonly completedAt: string }>;

/** Of all scans of a target: some hundreds in a year, and less text than a page. */
async function timesOf(sql: Sql, targetId: number): Promise<Times> {
  const rows = await sql<{ evaluation: number; takenAt: string; completedAt: string }[]>`
    select evaluation, taken_at as "takenAt", completed_at as "completedAt"
    from audit.scan where target_id = ${targetId} and evaluation is not null`;
  return new Map(rows.map(({ evaluation, takenAt, completedAt }) => [evaluation, { takenAt, completedAt }]));
}

function validityOf({ since, until, isUnreadAfter, unread }: Stretch, times: Times): Validity {
  const [first, end] = [timeOf(times, since), until === null ? null : timeOf(times, until)];
  return {
    valid: { from: first.takenAt, until: end?.takenAt ?? null },
    known: { from: first.completedAt, until: end?.completedAt ?? null },
    isUnreadAfter,
    unread: unread.map((gap) => ({ from: timeOf(times, gap.from).takenAt, until: timeOf(times, gap.until).takenAt })),
  };
}

function timeOf(times: Times, evaluation: number): { readonly takenAt: string; readonly completedAt: string } {
  const time = times.get(evaluation);
  if (time === undefined) {
    throw new Error(`evaluation ${evaluation} is not in the database`);
  }
  return time;
}
