import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { SnapshotPart } from '@ecr-audit/access';
import { checkText } from './check-text.ts';
import { StoreError } from './errors.ts';
import type { Sql } from './sql.ts';

// 20,000 roles are about 60 MB of authorization details. Beyond this a part is more likely a mistake than a snapshot.
const partBytesMax = 256 * 1024 * 1024;
// Level 1 is three times as fast as the default, and policy text still shrinks to a tenth.
const gzipLevel = 1;

/** What to keep of a scan. */
export interface PartsToSave {
  readonly scanId: string;
  readonly parts: readonly SnapshotPart[];
}

/**
 * Keeps parts of a scan, each content once. A path that the scan has already gets the new content.
 *
 * Idempotent. The parts of a completed scan are history: they stay, and `saved` is 0.
 * Throws `scanNotFound`, `partTooLarge` and `invalidText`.
 */
export async function saveParts(sql: Sql, { scanId, parts }: PartsToSave): Promise<{ readonly saved: number }> {
  if (await isCompleted(sql, scanId)) {
    return { saved: 0 };
  }
  const hashByPath = new Map<string, string>();
  const contents = new Map<string, SnapshotPart>();
  for (const part of parts) {
    const hash = sha256(part.content).toString('hex');
    hashByPath.set(checkText(part.path, 'the path'), hash);
    contents.set(hash, part);
  }
  const known = await knownHashes(sql, [...contents.keys()]);
  // Two steps that keep the same contents wait for each other, so all of them go in one order.
  const unknown = [...contents]
    .filter(([hash]) => !known.has(hash))
    .toSorted(([left], [right]) => (left < right ? -1 : 1));
  for (const [hash, part] of unknown) {
    await saveContent(sql, hash, part);
  }
  const rows = [...hashByPath].map(([path, hash]) => ({ path, hash }));
  // The lock waits for an evaluation that completes the scan meanwhile, and then finds it completed.
  await sql`
    with open_scan as (
      select id from audit.scan where id = ${scanId} and status <> 'completed' for share
    )
    insert into audit.scan_part (scan_id, path, hash)
    select open_scan.id, row.path, decode(row.hash, 'hex')
    from open_scan, jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as row (path text, hash text)
    on conflict (scan_id, path) do update set hash = excluded.hash`;
  return { saved: parts.length };
}

// Most of what a scan reads is as it was read the last time, and need not be compressed and sent again.
async function knownHashes(sql: Sql, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql<{ hash: string }[]>`
    select named.hash from jsonb_array_elements_text(${JSON.stringify(hashes)}::text::jsonb) as named (hash)
    join audit.snapshot_part part on part.hash = decode(named.hash, 'hex')`;
  return new Set(rows.map(({ hash }) => hash));
}

async function saveContent(sql: Sql, hash: string, { path, content }: SnapshotPart): Promise<void> {
  const bytes = Buffer.from(content, 'utf8');
  if (bytes.length > partBytesMax) {
    throw new StoreError(
      'partTooLarge',
      `snapshot part \`${path}\` has ${bytes.length} bytes: expected at most ${partBytesMax}`,
    );
  }
  const compressed = await promisify(gzip)(bytes, { level: gzipLevel });
  await sql`
    insert into audit.snapshot_part (hash, content, size_bytes)
    values (${Buffer.from(hash, 'hex')}, ${compressed}, ${bytes.length})
    on conflict (hash) do nothing`;
}

/** All parts of a scan, sorted by path. Empty for a scan that has none, or that does not exist. */
export async function readParts(sql: Sql, scanId: string): Promise<SnapshotPart[]> {
  const rows = await sql<{ path: string; content: Uint8Array }[]>`
    select path, content
    from audit.scan_part join audit.snapshot_part using (hash)
    where scan_id = ${scanId}
    order by path`;
  const parts: SnapshotPart[] = [];
  for (const { path, content } of rows) {
    const text = await promisify(gunzip)(content, { maxOutputLength: partBytesMax });
    parts.push({ path, content: text.toString('utf8') });
  }
  return parts;
}

/**
 * A hash of everything that a scan reads, in hex; the order of the parts is no matter.
 *
 * `evaluator` names the version of the rules, so that the same input is evaluated again after they changed.
 */
export function hashParts(parts: readonly SnapshotPart[], evaluator: string): string {
  const hash = createHash('sha256').update(JSON.stringify(evaluator));
  const lines = parts.map(({ path, content }) => JSON.stringify([path, sha256(content).toString('hex')]));
  for (const line of lines.toSorted()) {
    hash.update(`\n${line}`);
  }
  return hash.digest('hex');
}

function sha256(content: string | Buffer): Buffer {
  return createHash('sha256').update(content).digest();
}

async function isCompleted(sql: Sql, scanId: string): Promise<boolean> {
  const [scan] = await sql<{ status: string }[]>`select status from audit.scan where id = ${scanId}`;
  if (scan === undefined) {
    throw new StoreError('scanNotFound', `there is no scan \`${scanId}\`: expected the id of a requested scan`);
  }
  return scan.status === 'completed';
}
