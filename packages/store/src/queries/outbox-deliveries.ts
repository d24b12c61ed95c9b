import { z } from 'zod';
import type { Sql } from '../sql.ts';

const DELIVERY_STATES = ['waiting', 'delivered', 'skipped', 'dead'] as const;

const deliverySchema = z.object({
  id: z.number(),
  sink: z.string(),
  state: z.enum(DELIVERY_STATES),
  kind: z.string(),
  targetKey: z.string(),
  scanId: z.string(),
  title: z.string().nullable(),
  severity: z.string().nullable(),
  findings: z.number(),
  createdAt: z.string(),
  notBefore: z.string().nullable(),
  attempts: z.number(),
  nextAttemptAt: z.string().nullable(),
  settledAt: z.string().nullable(),
  lastFailure: z.string().nullable(),
});

/** A message on its way to one sink, or what became of it. Times are ISO, UTC. */
export type ListedDelivery = z.output<typeof deliverySchema>;

export interface DeliveryFilter {
  readonly targetKey?: string;
  readonly state?: ListedDelivery['state'];
  readonly sink?: string;
  readonly kind?: string;
  /** The last one of the page before. */
  readonly before?: { readonly id: number; readonly sink: string };
  readonly limit: number;
}

/** Deliveries, the latest messages first, then by sink. What a sink was never given yet has none. */
export async function listDeliveries(sql: Sql, filter: DeliveryFilter): Promise<ListedDelivery[]> {
  const { targetKey = null, state = null, sink = null, kind = null, before, limit } = filter;
  const rows = await sql`
    select outbox.id, sink, state, kind, target.key as "targetKey", scan_id as "scanId",
      payload ->> 'title' as title, payload ->> 'severity' as severity,
      (select count(*) from audit.outbox_finding told where told.outbox_id = outbox.id) as findings,
      created_at as "createdAt", not_before as "notBefore", attempts,
      case when state = 'waiting' then greatest(next_attempt_at, not_before) end as "nextAttemptAt",
      settled_at as "settledAt", last_failure as "lastFailure"
    from audit.outbox_delivery
    join audit.outbox on outbox.id = outbox_id
    join audit.scan on scan.id = scan_id
    join audit.target on target.id = target_id
    where (${targetKey}::text is null or target.key = ${targetKey})
      and (${state}::text is null or state = ${state})
      and (${sink}::text is null or sink = ${sink})
      and (${kind}::text is null or kind = ${kind})
      and (${before?.id ?? null}::bigint is null
        or outbox.id < ${before?.id ?? 0} or (outbox.id = ${before?.id ?? 0} and sink > ${before?.sink ?? ''}))
    order by outbox.id desc, sink
    limit ${limit}`;
  return rows.map((row) => deliverySchema.parse(row));
}

/** Whether there is such a message. */
export async function hasOutboxRow(sql: Sql, id: number): Promise<boolean> {
  const rows = await sql`select from audit.outbox where id = ${id}`;
  return rows.length > 0;
}
