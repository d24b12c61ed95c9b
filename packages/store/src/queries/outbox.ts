import type { Store } from '../open-store.ts';

/** Something that happened in a scan and that somebody is to be told. */
export interface OutboxRow {
  readonly id: number;
  readonly scanId: string;
  readonly kind: string;
  readonly payload: unknown;
  /** ISO time, UTC. */
  readonly createdAt: string;
  /** Failed deliveries so far. */
  readonly attempts: number;
}

export type OutboxDelivery =
  | { readonly kind: 'nothingDue' }
  | { readonly kind: 'delivered'; readonly row: OutboxRow }
  | { readonly kind: 'failed'; readonly row: OutboxRow; readonly error: unknown; readonly retryDelayMs: number };

// Enough for a person to see what went wrong; a whole answer of a web server is not.
const failureLengthMax = 500;

/**
 * Delivers the oldest row that is not delivered, and marks it, in one transaction.
 *
 * Rows go out in the order of their ids, each at least once: the mark follows the delivery, so a process that dies
 * between the two delivers again. A row that fails holds up those behind it; it is due again after `retryDelayMs`
 * milliseconds. While another process delivers the oldest row, nothing is due. Within a target ids follow the order of
 * evaluation, because evaluations of one target take turns.
 */
export async function deliverNextOutboxRow(
  store: Store,
  options: {
    readonly deliver: (row: OutboxRow) => Promise<void>;
    readonly retryDelayMs: (attempts: number) => number;
  },
): Promise<OutboxDelivery> {
  return await store.sql.begin(async (sql): Promise<OutboxDelivery> => {
    const [row] = await sql<OutboxRow[]>`
      select id, scan_id as "scanId", kind, payload, created_at as "createdAt", attempts
      from audit.outbox
      where id = (select min(id) from audit.outbox where delivered_at is null)
        and delivered_at is null
        and next_attempt_at <= now()
      for update skip locked
    `;
    if (row === undefined) {
      return { kind: 'nothingDue' };
    }
    try {
      await options.deliver(row);
    } catch (error) {
      const attempts = row.attempts + 1;
      const retryDelayMs = options.retryDelayMs(attempts);
      await sql`
        update audit.outbox
        set attempts = ${attempts},
            last_failure = ${failureText(error)},
            next_attempt_at = clock_timestamp() + make_interval(secs => ${retryDelayMs / 1000})
        where id = ${row.id}
      `;
      return { kind: 'failed', row, error, retryDelayMs };
    }
    await sql`update audit.outbox set delivered_at = clock_timestamp(), attempts = attempts + 1 where id = ${row.id}`;
    return { kind: 'delivered', row };
  });
}

function failureText(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll('\0', '').slice(0, failureLengthMax);
}
