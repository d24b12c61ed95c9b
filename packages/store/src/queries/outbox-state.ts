import type { Sql } from '../sql.ts';

/** How many messages are due on their way to a sink, or were given up. What waits for its time is in neither number. */
export interface OutboxDepth {
  readonly sink: string;
  readonly state: 'waiting' | 'dead';
  readonly messages: number;
  /** Since when the oldest message is due, ISO time, UTC. */
  readonly oldestAt: string;
}

/** A message that a sink was given in vain until its bound. */
export interface DeadDelivery {
  readonly id: number;
  readonly sink: string;
  readonly kind: string;
  readonly createdAt: string;
  readonly diedAt: string;
  readonly attempts: number;
  readonly lastFailure: string | null;
}

/** What waits and what is dead, for each sink that has any. */
export async function outboxDepths(sql: Sql): Promise<readonly OutboxDepth[]> {
  return await sql<OutboxDepth[]>`
    select sink, state, count(*) as messages, min(greatest(created_at, not_before)) as "oldestAt"
    from audit.outbox_delivery
    join audit.outbox on outbox.id = outbox_id
    where state in ('waiting', 'dead') and (not_before is null or not_before <= now())
    group by sink, state
    order by sink, state`;
}

/** The oldest dead deliveries. */
export async function listDeadDeliveries(
  sql: Sql,
  { limit }: { readonly limit: number },
): Promise<readonly DeadDelivery[]> {
  return await sql<DeadDelivery[]>`
    select
      outbox_id as id, sink, kind, created_at as "createdAt", settled_at as "diedAt", attempts,
      last_failure as "lastFailure"
    from audit.outbox_delivery
    join audit.outbox on outbox.id = outbox_id
    where state = 'dead'
    order by outbox_id, sink
    limit ${limit}`;
}

/** Sends dead messages again, oldest first; null stands for every id, or every sink. Answers how many deliveries that are. */
export async function retryDeadDeliveries(
  sql: Sql,
  { id, sink }: { readonly id: number | null; readonly sink: string | null },
): Promise<number> {
  const rows = await sql`
    update audit.outbox_delivery
    set state = 'waiting', settled_at = null, attempts = 0, first_failed_at = null, next_attempt_at = clock_timestamp()
    where state = 'dead'
      and (${id}::bigint is null or outbox_id = ${id})
      and (${sink}::text is null or sink = ${sink})
    returning 1`;
  return rows.length;
}
