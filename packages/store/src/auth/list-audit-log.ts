import { z } from 'zod';
import type { Store } from '../open-store.ts';
import type { Sql } from '../sql.ts';

const entrySchema = z.object({
  id: z.number(),
  at: z.string(),
  actorKind: z.enum(['token', 'oidc', 'local', 'cli']),
  actorId: z.string(),
  actorName: z.string(),
  operation: z.string(),
  isChange: z.boolean(),
  method: z.string().nullable(),
  path: z.string().nullable(),
  parameters: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.record(z.string(), z.unknown())),
  status: z.number().nullable(),
  requestId: z.string().nullable(),
  times: z.number(),
});

/** A line of the audit log. */
export type LoggedAction = Readonly<z.output<typeof entrySchema>>;

export interface AuditLogFilter {
  /** Id or name. */
  readonly actor?: string;
  readonly operation?: string;
  readonly isChange?: boolean;
  readonly requestId?: string;
  /** ISO times: from this one on, and before that one. */
  readonly since?: string;
  readonly until?: string;
  /** The last one of the page before. */
  readonly beforeId?: number;
  readonly limit: number;
}

/** The audit log, the latest first. */
export async function listAuditLog(sql: Sql, filter: AuditLogFilter): Promise<LoggedAction[]> {
  const { actor = null, operation = null, isChange = null, requestId = null, since = null, until = null } = filter;
  const rows = await sql`
    select id, at, actor_kind as "actorKind", actor_id as "actorId", actor_name as "actorName", operation,
      is_change as "isChange", method, path, parameters::text as parameters, status, request_id as "requestId", times
    from audit.audit_log
    where (${actor}::text is null or actor_id = ${actor} or actor_name = ${actor})
      and (${operation}::text is null or operation = ${operation})
      and (${isChange}::boolean is null or is_change = ${isChange})
      and (${requestId}::text is null or request_id = ${requestId})
      and (${since}::timestamptz is null or at >= ${since})
      and (${until}::timestamptz is null or at < ${until})
      and (${filter.beforeId ?? null}::bigint is null or id < ${filter.beforeId ?? null})
    order by id desc
    limit ${filter.limit}`;
  return rows.map((row) => entrySchema.parse(row));
}

// A batch of this size holds its locks for some milliseconds.
const rowsPerBatch = 10_000;

/** Forgets what was logged before a time, in batches. Returns how many lines that were. */
export async function forgetOldAuditLog({ sql }: Store, { before }: { readonly before: Date }): Promise<number> {
  for (let forgotten = 0; ;) {
    const { count } = await sql`
      delete from audit.audit_log where id = any(array(
        select id from audit.audit_log where at < ${before.toISOString()} limit ${rowsPerBatch}))`;
    forgotten += count;
    if (count < rowsPerBatch) {
      return forgotten;
    }
  }
}
