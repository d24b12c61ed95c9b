import { type Covered, has, type BitSet } from '@ecr-audit/access';
import type { Sql } from '../sql.ts';
import type { KnownRepository } from './known-subjects.ts';
import { intArray } from './int-array.ts';
import type { EvaluationKey } from './save-subjects.ts';

/** Marks principals and repositories as gone that a scan which could have seen them did not. */
export async function markGone(
  sql: Sql,
  { targetId, evaluation }: EvaluationKey,
  covered: Covered,
  { repositories, kept }: { readonly repositories: readonly KnownRepository[]; readonly kept: BitSet },
): Promise<void> {
  // One that still has access is named by a policy that could not be read this time.
  await sql`
    update audit.principal set gone_since_scan = ${evaluation}
    where target_id = ${targetId} and last_seen_scan <> ${evaluation} and gone_since_scan is null
      and access_hash is null
      and (account_id is null or kind in ('external', 'service')
        or ${JSON.stringify(covered.iamAccounts)}::text::jsonb ? account_id)`;
  const readable = new Set(covered.registries.map(({ accountId, region }) => `${accountId} ${region}`));
  const gone = repositories.filter(
    ({ accountId, region, position, isListed }) =>
      !isListed && readable.has(`${accountId} ${region}`) && !has(kept, position),
  );
  if (gone.length > 0) {
    await sql`
      update audit.repository set gone_since_scan = ${evaluation}
      from unnest(${intArray(gone.map(({ id }) => id))}::text::bigint[]) as gone (id)
      where repository.id = gone.id`;
  }
}
