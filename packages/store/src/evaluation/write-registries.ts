import type { Sql } from '../sql.ts';
import { copyLine, copyRows } from './copy-rows.ts';
import { type FoldedAccess, type HeldRegistry, registryKey } from './folded-access.ts';
import type { EvaluationKey } from './save-subjects.ts';
import { stillValid } from './still-valid.ts';
import type { StoredAccess } from './stored-access.ts';

/** Closes and opens the rows of registries, and returns how many these are. */
export async function writeRegistries(
  sql: Sql,
  { evaluation }: EvaluationKey,
  stored: StoredAccess,
  access: ReadonlyMap<number, FoldedAccess>,
): Promise<number> {
  const closed: { readonly principalId: number; readonly held: HeldRegistry }[] = [];
  const opened: { readonly principalId: number; readonly held: HeldRegistry }[] = [];
  for (const [principalId, { registries }] of access) {
    const open = new Map(registries);
    for (const held of stored.registries.get(principalId) ?? []) {
      const key = registryKey(held);
      if (open.get(key)?.profileId === held.profileId) {
        open.delete(key);
      } else {
        closed.push({ principalId, held });
      }
    }
    for (const held of open.values()) {
      opened.push({ principalId, held });
    }
  }
  if (closed.length > 0) {
    const rows = closed.map(({ principalId, held: { accountId, region } }) => ({ principalId, accountId, region }));
    await sql`
      update audit.registry_access as held set valid_to_scan = ${evaluation}
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
        as gone ("principalId" bigint, "accountId" text, region text)
      where held.principal_id = gone."principalId" and held.valid_to_scan = ${stillValid(sql)}
        and held.account_id = gone."accountId" and held.region = gone.region`;
  }
  await copyRows(
    sql,
    sql`copy audit.registry_access (principal_id, valid_from_scan, profile_id, account_id, region) from stdin`,
    opened
      .values()
      .map(({ principalId, held: { profileId, accountId, region } }) =>
        copyLine([principalId, evaluation, profileId, accountId, region]),
      ),
  );
  return closed.length + opened.length;
}
