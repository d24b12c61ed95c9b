import type { Sql } from '../sql.ts';

/** A log file of CloudTrail that was read to its end. */
export interface ImportedFile {
  readonly name: string;
  /** SHA-256 in hex. */
  readonly hash: string;
  readonly accountId: string;
  readonly region: string;
  readonly deliveredAtMs: number;
  /** Whether an event in it reads: a trail may leave those out. */
  readonly hasReads: boolean;
}

export async function saveImportedFiles(sql: Sql, files: readonly ImportedFile[]): Promise<void> {
  if (files.length === 0) {
    return;
  }
  const rows = files.map((file) => ({ ...file, deliveredAt: new Date(file.deliveredAtMs).toISOString() }));
  await sql`
    insert into audit.activity_file (name, hash, account_id, region, delivered_at, has_reads)
    select name collate "C", decode(hash, 'hex'), "accountId", region, "deliveredAt", "hasReads"
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as file (
      name text, hash text, "accountId" text, region text, "deliveredAt" timestamptz, "hasReads" boolean
    )
    order by 1, 2
    on conflict (name, hash) do nothing`;
}

/** What is known of a file with this content; null where it was never read to its end. */
export async function findImportedFile(
  sql: Sql,
  { name, hash }: { readonly name: string; readonly hash: string },
): Promise<{ readonly hasReads: boolean } | null> {
  const [row] = await sql<{ hasReads: boolean }[]>`
    select has_reads as "hasReads" from audit.activity_file
    where name = ${name} and hash = ${Buffer.from(hash, 'hex')}`;
  return row ?? null;
}
