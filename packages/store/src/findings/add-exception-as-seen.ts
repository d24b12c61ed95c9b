import type { Store } from '../open-store.ts';
import { lockFinding } from './change-finding.ts';
import { type AddedException, addExceptionIn, type ExceptionToAdd } from './exceptions.ts';

/**
 * Approves a finding if it still is what somebody saw (`changedAt` of its state then), and otherwise answers `changed` and
 * approves nothing: a scan that is being written would else be waited for, and what it found approved unseen. So does one that is
 * resolved, which would come back unseen.
 */
export async function addExceptionAsSeen(
  store: Store,
  { seenChangedAt, ...wanted }: ExceptionToAdd & { readonly seenChangedAt: string },
): Promise<AddedException | 'changed' | null> {
  return await store.sql.begin(async (sql) => {
    const found = await lockFinding(sql, wanted);
    if (found === null) {
      return null;
    }
    const { status, changedAt } = found.state;
    return status !== 'resolved' && Date.parse(changedAt) === Date.parse(seenChangedAt)
      ? await addExceptionIn(sql, wanted)
      : 'changed';
  });
}
