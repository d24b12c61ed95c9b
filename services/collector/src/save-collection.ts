import type { Collection } from '@ecr-audit/aws';
import { saveGaps, saveParts, type Store } from '@ecr-audit/store';
import type { CollectOutcome } from './context.ts';

/** Keeps what one step read. One transaction, so that a worker that dies leaves the step wholly done or not begun. */
export async function saveCollection(
  store: Store,
  options: { readonly scanId: string; readonly step: string; readonly collection: Collection },
): Promise<CollectOutcome> {
  const { scanId, step, collection } = options;
  await store.sql.begin(async (sql) => {
    await saveParts(sql, { scanId, parts: collection.parts });
    await saveGaps(sql, { scanId, step, gaps: collection.gaps });
  });
  return { parts: collection.parts.length, gaps: collection.gaps.length };
}
