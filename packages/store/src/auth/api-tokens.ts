import { z } from 'zod';
import { shown } from '../findings/finding-rows.ts';
import type { Store } from '../open-store.ts';
import type { Sql } from '../sql.ts';
import { type AuditEntry, writeAuditLog } from './write-audit-log.ts';
import { hashToken, newTokenSecret } from './token-secret.ts';

/** What a credential may do: each scope has the rights of those before it. */
export const API_SCOPES = ['read', 'operate', 'admin'] as const;
export type ApiScope = (typeof API_SCOPES)[number];

const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  scope: z.enum(API_SCOPES),
  accountIds: z.array(z.string()).nullable(),
  createdAt: z.string(),
  createdBy: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  revokedBy: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});

/** A token without its secret. `accountIds` null is every account. Times are ISO, UTC. */
export type ApiToken = Readonly<z.output<typeof tokenSchema>>;

export interface TokenToCreate {
  readonly name: string;
  readonly scope: ApiScope;
  readonly accountIds: readonly string[] | null;
  /** ISO times; null never expires. */
  readonly expiresAt: string | null;
  readonly by: string;
  readonly at: string;
}

/** Makes a token and says its secret, which is kept nowhere. Null where a token that is not revoked has the name. */
export async function createApiToken(
  store: Store,
  wanted: TokenToCreate,
): Promise<{ readonly token: ApiToken; readonly secret: string } | null> {
  const { name, scope, accountIds, expiresAt, by, at } = wanted;
  const secret = newTokenSecret();
  const ids = accountIds === null ? null : JSON.stringify([...new Set(accountIds)].toSorted());
  return await store.sql.begin(async (sql) => {
    const [row] = await sql`
      insert into audit.api_token (name, secret_hash, scope, account_ids, created_at, created_by, expires_at)
      values (${name}, ${hashToken(secret)}, ${scope}, ${ids}::text::jsonb, ${at}, ${shown(by)}, ${expiresAt})
      on conflict do nothing
      returning ${columns(sql)}`;
    if (row === undefined) {
      return null;
    }
    const token = tokenSchema.parse(row);
    await writeAuditLog(sql, [changeByCommand('createToken', token, { by, at })]);
    return { token, secret };
  });
}

/** Tokens, the newest first; without those that are revoked where `openAt`, an ISO time, is given, or expired by then. */
export async function listApiTokens(
  sql: Sql,
  { openAt = null }: { readonly openAt?: string | null } = {},
): Promise<ApiToken[]> {
  const rows = await sql`
    select ${columns(sql)} from audit.api_token
    where ${openAt}::timestamptz is null
      or (revoked_at is null and (expires_at is null or expires_at > ${openAt}))
    order by created_at desc, id`;
  return rows.map((row) => tokenSchema.parse(row));
}

/** Revokes the token with this id or name, at once and for ever. Null where none in force has it. */
export async function revokeApiToken(
  store: Store,
  { token: wanted, by, at }: { readonly token: string; readonly by: string; readonly at: string },
): Promise<ApiToken | null> {
  return await store.sql.begin(async (sql) => {
    const [row] = await sql`
      update audit.api_token set revoked_at = ${at}, revoked_by = ${shown(by)}
      where (id::text = ${wanted} or name = ${wanted}) and revoked_at is null
      returning ${columns(sql)}`;
    if (row === undefined) {
      return null;
    }
    const token = tokenSchema.parse(row);
    await writeAuditLog(sql, [changeByCommand('revokeToken', token, { by, at })]);
    return token;
  });
}

/** The token with this secret, also one that is revoked or expired; null where there is none. */
export async function findApiToken(sql: Sql, secretHash: Buffer): Promise<ApiToken | null> {
  const [row] = await sql`select ${columns(sql)} from audit.api_token where secret_hash = ${secretHash}`;
  return row === undefined ? null : tokenSchema.parse(row);
}

/** Keeps when tokens were used last, ISO times by id; never an earlier one than is there. */
export async function saveTokenUses(sql: Sql, lastUsedAt: ReadonlyMap<string, string>): Promise<void> {
  await sql`
    update audit.api_token set last_used_at = greatest(last_used_at, used.value::timestamptz)
    from jsonb_each_text(${JSON.stringify(Object.fromEntries(lastUsedAt))}::text::jsonb) as used
    where api_token.id = used.key::uuid`;
}

function changeByCommand(
  operation: string,
  { id, name, scope, accountIds, expiresAt }: ApiToken,
  { by, at }: { readonly by: string; readonly at: string },
): AuditEntry {
  return {
    at,
    actor: { kind: 'cli', id: shown(by), name: shown(by) },
    operation,
    isChange: true,
    method: null,
    path: null,
    parameters: { id, name, scope, accountIds, expiresAt },
    status: null,
    requestId: null,
    times: 1,
  };
}

function columns(sql: Sql): ReturnType<Sql['unsafe']> {
  return sql`
    id, name, scope, account_ids as "accountIds", created_at as "createdAt", created_by as "createdBy",
    expires_at as "expiresAt", revoked_at as "revokedAt", revoked_by as "revokedBy", last_used_at as "lastUsedAt"`;
}
