import type { Store } from '../open-store.ts';
import type { Sql } from '../sql.ts';

/** Something that happened in a scan and that somebody is to be told, on its way to one sink. */
export interface OutboxRow {
  readonly id: number;
  readonly scanId: string;
  /** The target of that scan, whose findings it may tell of. */
  readonly targetKey: string;
  readonly kind: string;
  readonly payload: unknown;
  /** ISO time, UTC. */
  readonly createdAt: string;
  /** Failed deliveries to this sink so far. */
  readonly attempts: number;
  /** ISO time, UTC; null before the first failure. */
  readonly firstFailedAt: string | null;
  /** What the sink gave back at its last attempt: how much of the message has arrived. */
  readonly progress: unknown;
}

/** What became of one attempt. `progress` is anything that JSON can say. */
export type DeliveryOutcome =
  | { readonly kind: 'delivered'; readonly progress: unknown }
  /** The sink does not tell such messages. */
  | { readonly kind: 'skipped' }
  | {
      readonly kind: 'failed';
      readonly reason: string;
      readonly retryDelayMs: number;
      readonly isDead: boolean;
      readonly progress: unknown;
    };

export type OutboxDelivery =
  | { readonly kind: 'nothingDue' }
  | { readonly kind: 'attempted'; readonly row: OutboxRow; readonly outcome: DeliveryOutcome };

// Enough for a person to see what went wrong; a whole answer of a web server is not.
const failureLengthMax = 500;
// More than arrive in a day, and little enough for one statement.
const awaitedMax = 1_000;

export interface DeliveryOptions {
  readonly sink: string;
  /** Asks, if it must, on the connection that holds the row: with one of the pool each, several would wait for each other. */
  readonly deliver: (row: OutboxRow, sql: Sql) => Promise<DeliveryOutcome>;
}

/**
 * Delivers to one sink the oldest row whose time has come and that it has not had, and marks it, in one transaction.
 *
 * Rows whose time has come go to a sink in the order of their ids, each at least once: the mark follows the delivery, so a
 * process that dies between the two delivers again. A row that fails holds up those behind it on their way to this sink, and
 * to no other, until it is delivered or dead; one that waits for its time (`not_before`) holds up none. That rows about one
 * finding keep their order nevertheless is seen to where they are written. While another process delivers the oldest row,
 * nothing is due. Within a target ids follow the order of evaluation, because evaluations of one target take turns.
 */
export async function deliverNextOutboxRow(store: Store, { sink, deliver }: DeliveryOptions): Promise<OutboxDelivery> {
  // On its own: inside of the transaction a second notifier would wait at these keys until the first has delivered.
  await awaitDeliveries(store.sql, sink);
  return await store.sql.begin(async (sql): Promise<OutboxDelivery> => {
    const [row] = await sql<OutboxRow[]>`
      select
        outbox.id, scan_id as "scanId", target.key as "targetKey", kind, payload, created_at as "createdAt", attempts,
        first_failed_at as "firstFailedAt", progress
      from audit.outbox_delivery
      join audit.outbox on outbox.id = outbox_id
      join audit.scan on scan.id = scan_id
      join audit.target on target.id = target_id
      where sink = ${sink}
        and outbox_id = (
          select min(outbox_id) from audit.outbox_delivery waiting join audit.outbox due on due.id = outbox_id
          where sink = ${sink} and state = 'waiting' and (due.not_before is null or due.not_before <= now()))
        and state = 'waiting'
        and next_attempt_at <= now()
      for update of outbox_delivery skip locked
    `;
    if (row === undefined) {
      return { kind: 'nothingDue' };
    }
    const outcome = await deliver(row, sql);
    await markDelivery(sql, { id: row.id, sink }, outcome);
    return { kind: 'attempted', row, outcome };
  });
}

/** Ends what each of these sinks had, skipped or gave up. Sinks that are no longer configured are not waited for. */
export async function finishOutboxRows(sql: Sql, sinks: readonly string[]): Promise<void> {
  await sql`
    update audit.outbox
    set delivered_at = clock_timestamp()
    where delivered_at is null
      and not exists (
        select from jsonb_array_elements_text(${JSON.stringify(sinks)}::text::jsonb) as configured (sink)
        where not exists (
          select from audit.outbox_delivery
          where outbox_id = outbox.id and outbox_delivery.sink = configured.sink and state <> 'waiting'))`;
}

async function awaitDeliveries(sql: Sql, sink: string): Promise<void> {
  await sql`
    insert into audit.outbox_delivery (outbox_id, sink)
    select id, ${sink} from audit.outbox
    where delivered_at is null
      and not exists (select from audit.outbox_delivery where outbox_id = outbox.id and outbox_delivery.sink = ${sink})
    order by id
    limit ${awaitedMax}
    on conflict do nothing`;
}

async function markDelivery(
  sql: Sql,
  { id, sink }: { readonly id: number; readonly sink: string },
  outcome: DeliveryOutcome,
): Promise<void> {
  if (outcome.kind === 'failed') {
    const { reason, retryDelayMs, isDead, progress } = outcome;
    await sql`
      update audit.outbox_delivery
      set attempts = attempts + 1,
          last_failure = ${reason.replaceAll('\0', '').slice(0, failureLengthMax)},
          first_failed_at = coalesce(first_failed_at, clock_timestamp()),
          next_attempt_at = clock_timestamp() + make_interval(secs => ${retryDelayMs / 1000}),
          state = ${isDead ? 'dead' : 'waiting'},
          settled_at = ${isDead ? sql`clock_timestamp()` : null},
          progress = ${JSON.stringify(progress)}::text::jsonb
      where outbox_id = ${id} and sink = ${sink}`;
    return;
  }
  await sql`
    update audit.outbox_delivery
    set attempts = attempts + ${outcome.kind === 'delivered' ? 1 : 0},
        state = ${outcome.kind},
        settled_at = clock_timestamp(),
        progress = ${JSON.stringify(outcome.kind === 'delivered' ? outcome.progress : null)}::text::jsonb
    where outbox_id = ${id} and sink = ${sink}`;
}
