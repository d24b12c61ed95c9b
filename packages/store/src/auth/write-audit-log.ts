import { shown } from '../findings/finding-rows.ts';
import type { Sql } from '../sql.ts';

/** Who did something: a token, a subject of an issuer, somebody on the machine of an API without a login, or a command line. */
export interface AuditActor {
  readonly kind: 'token' | 'oidc' | 'local' | 'cli';
  readonly id: string;
  readonly name: string;
}

/** What somebody did or read. Equal reads within a moment are one, with how often it was. */
export interface AuditEntry {
  /** ISO time. */
  readonly at: string;
  readonly actor: AuditActor;
  readonly operation: string;
  readonly isChange: boolean;
  readonly method: string | null;
  readonly path: string | null;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly status: number | null;
  readonly requestId: string | null;
  readonly times: number;
}

/** Adds to the audit log, in one statement whatever their number. */
export async function writeAuditLog(sql: Sql, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) {
    return;
  }
  const rows = entries.map(({ actor, parameters, ...entry }) => ({
    at: entry.at,
    actor_kind: actor.kind,
    actor_id: shown(actor.id),
    actor_name: shown(actor.name),
    operation: entry.operation,
    is_change: entry.isChange,
    method: entry.method,
    path: entry.path === null ? null : shown(entry.path),
    // As text, and json in the table: what people ask for may hold characters that jsonb refuses.
    parameters: JSON.stringify(parameters),
    status: entry.status,
    request_id: entry.requestId === null ? null : shown(entry.requestId),
    times: entry.times,
  }));
  await sql`
    insert into audit.audit_log (
      at, actor_kind, actor_id, actor_name, operation, is_change, method, path, parameters, status, request_id, times)
    select at, actor_kind, actor_id, actor_name, operation, is_change, method, path, parameters::json, status, request_id, times
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as entry (
      at timestamptz, actor_kind text, actor_id text, actor_name text, operation text, is_change boolean, method text,
      path text, parameters text, status smallint, request_id text, times integer)`;
}
