import { checkText } from './check-text.ts';
import type { Sql } from './sql.ts';

/** What is scanned again and again: `organization:o-1`, `account:111122223333`, `accounts:...`. */
export interface ScanTarget {
  readonly key: string;
  /** For people; the key where there is none. */
  readonly name?: string;
}

export interface ScanRequest {
  /** A UUID of the caller's choice. */
  readonly scanId: string;
  readonly target: ScanTarget;
  readonly source: 'aws' | 'snapshot';
  /** The time that the snapshot describes, ISO, where it is known already. */
  readonly takenAt?: string;
  /** From `hashParts`, where the parts are known already. */
  readonly inputHash?: string;
  /** True where a worker is to start it: nobody else will. */
  readonly isWanted?: boolean;
  /** Accounts to read again, with the others as they were read last; without it all are read. */
  readonly onlyAccounts?: readonly string[];
}

/** Records that a scan is wanted. Again with the same id it changes nothing and says `created: false`. */
export async function requestScan(sql: Sql, request: ScanRequest): Promise<{ readonly created: boolean }> {
  const targetId = await ensureTarget(sql, request.target);
  const rows = await sql`
    insert into audit.scan (id, target_id, source, taken_at, input_hash, is_wanted, only_accounts)
    values (
      ${request.scanId}, ${targetId}, ${request.source}, ${request.takenAt ?? null},
      ${request.inputHash === undefined ? null : Buffer.from(request.inputHash, 'hex')},
      ${request.isWanted ?? false},
      ${request.onlyAccounts === undefined ? null : JSON.stringify([...new Set(request.onlyAccounts)].toSorted())}::text::jsonb
    )
    on conflict (id) do nothing
    returning id`;
  return { created: rows.length === 1 };
}

/** Returns the id of the target with this key, creating it where it is new and renaming it where its name changed. */
export async function ensureTarget(sql: Sql, target: ScanTarget): Promise<number> {
  const key = checkText(target.key, 'the target');
  const name = target.name === undefined ? null : checkText(target.name, 'the name of the target');
  const [row] = await sql<{ id: number }[]>`
    insert into audit.target (key, name) values (${key}, coalesce(${name}, ${key}))
    on conflict (key) do update set name = coalesce(${name}, target.name)
    returning id`;
  if (row === undefined) {
    throw new Error('an upsert returned no row');
  }
  return row.id;
}
