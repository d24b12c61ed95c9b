import type { Sql } from '../sql.ts';

/** A message that a sink took and that told of findings. */
export interface ToldMessage {
  readonly id: number;
  readonly scanId: string;
  readonly createdAt: string;
  readonly payload: unknown;
  /** What the sink kept of it: where it is. */
  readonly progress: unknown;
}

export interface ToldQuestion {
  readonly sink: string;
  readonly targetKey: string;
  readonly fingerprints: readonly string[];
  /** Of the messages that told of one finding only the latest. */
  readonly perFindingMax: number;
}

/** The alerts that told a sink of these findings, the oldest first. */
export async function messagesThatTold(sql: Sql, question: ToldQuestion): Promise<readonly ToldMessage[]> {
  const { sink, targetKey, fingerprints, perFindingMax } = question;
  return await sql<ToldMessage[]>`
    select outbox.id, scan_id as "scanId", created_at as "createdAt", payload, progress
    from audit.outbox
    join audit.outbox_delivery on outbox_id = outbox.id and sink = ${sink} and state = 'delivered'
    where outbox.id in (
      select outbox_id
      from (
        select told.outbox_id, row_number() over (partition by told.fingerprint order by told.outbox_id desc) as place
        from audit.outbox_finding told
        join audit.target on target.id = told.target_id and target.key = ${targetKey}
        join audit.outbox alert on alert.id = told.outbox_id and alert.kind = 'alert'
        join audit.outbox_delivery taken
          on taken.outbox_id = alert.id and taken.sink = ${sink} and taken.state = 'delivered'
        where told.fingerprint in (select jsonb_array_elements_text(${JSON.stringify(fingerprints)}::text::jsonb))
      ) as ranked
      where place <= ${perFindingMax})
    order by outbox.id`;
}
