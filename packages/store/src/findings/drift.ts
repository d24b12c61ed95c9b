import { z } from 'zod';
import type { Sql } from '../sql.ts';

/** A fact of the configuration that is another than in the scan before, with what made it. */
export interface KeptDifference {
  readonly kind: string;
  readonly accountId: string | null;
  readonly region: string | null;
  /** Anything that JSON can say: a `ConfigurationDifference`. */
  readonly content: unknown;
  /** A `Cause`. */
  readonly cause: unknown;
}

/** How access became other. `differences` are places in the list of differences of the scan. */
export interface KeptDrift {
  readonly kind: 'granted' | 'revoked' | 'widened' | 'narrowed' | 'altered';
  /** False where something that was not read keeps it open. */
  readonly isCertain: boolean;
  readonly lifecycle: string | null;
  readonly principals: unknown;
  readonly repositories: unknown;
  readonly registries: unknown;
  readonly capabilities: readonly string[];
  readonly actions: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  readonly differences: readonly number[];
  readonly together: boolean;
  readonly unread: readonly string[];
}

export interface DriftToSave {
  /** The scan before. */
  readonly sinceScanId: string;
  readonly differences: readonly KeptDifference[];
  readonly drifts: readonly KeptDrift[];
}

/** Keeps the drift of a scan, once. */
export async function saveDrift(
  sql: Sql,
  scanId: string,
  { sinceScanId, differences, drifts }: DriftToSave,
): Promise<void> {
  if (differences.length > 0) {
    const rows = differences.map(({ kind, accountId, region, content, cause }, ordinal) => ({
      ordinal,
      kind,
      account_id: accountId,
      region,
      content: JSON.stringify(content),
      cause: JSON.stringify(cause),
    }));
    await sql`
      insert into audit.difference (scan_id, ordinal, kind, account_id, region, content, cause)
      select ${scanId}::uuid, ordinal, kind, account_id, region, content::json, cause::json
      from json_to_recordset(${JSON.stringify(rows)}::text::json)
        as row (ordinal integer, kind text, account_id text, region text, content text, cause text)
      on conflict do nothing`;
  }
  if (drifts.length > 0) {
    const rows = drifts.map((drift, ordinal) => ({
      ordinal,
      kind: drift.kind,
      is_certain: drift.isCertain,
      lifecycle: drift.lifecycle,
      principals: JSON.stringify(drift.principals),
      repositories: JSON.stringify(drift.repositories),
      registries: JSON.stringify(drift.registries),
      capabilities: drift.capabilities,
      actions: drift.actions,
      before: JSON.stringify(drift.before),
      after: JSON.stringify(drift.after),
      differences: drift.differences,
      together: drift.together,
      unread: drift.unread,
    }));
    await sql`
      insert into audit.drift (
        scan_id, since_scan_id, ordinal, kind, is_certain, lifecycle, principals, repositories, registries,
        capabilities, actions, before, after, differences, together, unread)
      select ${scanId}::uuid, ${sinceScanId}::uuid, ordinal, kind, is_certain, lifecycle, principals::json,
        repositories::json, registries::json, capabilities, actions, before::json, after::json, differences,
        together, unread
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as row (
        ordinal integer, kind text, is_certain boolean, lifecycle text, principals text, repositories text,
        registries text, capabilities text[], actions text[], before text, after text, differences integer[],
        together boolean, unread text[])
      on conflict do nothing`;
  }
}

const parsed = z.string().transform((text): unknown => JSON.parse(text));
const texts = z.array(z.string());
const driftSchema = z.object({
  ordinal: z.number(),
  sinceScanId: z.string(),
  kind: z.enum(['granted', 'revoked', 'widened', 'narrowed', 'altered']),
  isCertain: z.boolean(),
  lifecycle: z.string().nullable(),
  principals: parsed,
  repositories: parsed,
  registries: parsed,
  capabilities: texts,
  actions: texts,
  before: parsed,
  after: parsed,
  differences: z.array(z.number()),
  together: z.boolean(),
  unread: texts,
});
const differenceSchema = z.object({
  ordinal: z.number(),
  kind: z.string(),
  accountId: z.string().nullable(),
  region: z.string().nullable(),
  content: parsed,
  cause: parsed,
});

export type ListedDrift = z.output<typeof driftSchema>;
export type ListedDifference = z.output<typeof differenceSchema>;

/** The drift of a scan, what matters most first. */
export async function listDrift(
  sql: Sql,
  scanId: string,
  { afterOrdinal = -1, limit }: { readonly afterOrdinal?: number; readonly limit: number },
): Promise<ListedDrift[]> {
  const rows = await sql`
    select ordinal, since_scan_id as "sinceScanId", kind, is_certain as "isCertain", lifecycle,
      principals::text as principals, repositories::text as repositories, registries::text as registries,
      to_json(capabilities) as capabilities, to_json(actions) as actions, before::text as before, after::text as after,
      to_json(differences) as differences, together, to_json(unread) as unread
    from audit.drift
    where scan_id = ${scanId} and ordinal > ${afterOrdinal}
    order by ordinal limit ${limit}`;
  return rows.map((row) => driftSchema.parse(row));
}

/** Some of the differences of a scan, or all. */
export async function listDifferences(
  sql: Sql,
  scanId: string,
  ordinals: readonly number[] | null,
): Promise<ListedDifference[]> {
  const rows = await sql`
    select ordinal, kind, account_id as "accountId", region, content::text as content, cause::text as cause
    from audit.difference
    where scan_id = ${scanId}
      and (${ordinals === null} or ordinal in (
        select jsonb_array_elements_text(${JSON.stringify(ordinals ?? [])}::text::jsonb)::integer))
    order by ordinal`;
  return rows.map((row) => differenceSchema.parse(row));
}
