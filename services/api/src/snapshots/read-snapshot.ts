import { assembleSnapshot, type Snapshot, SnapshotFormatError, withGaps } from '@ecr-audit/access';
import { readGaps, readParts, type Store } from '@ecr-audit/store';
import { Problem } from '../http/problem.ts';

/** The snapshot that a scan was evaluated from, out of its stored parts and gaps. Throws `snapshotNotKept`. */
export async function readSnapshot({ sql }: Store, scanId: string): Promise<Snapshot> {
  const parts = await readParts(sql, scanId);
  const gaps = await readGaps(sql, scanId);
  try {
    return assembleSnapshot(withGaps(parts, gaps));
  } catch (error) {
    if (!(error instanceof SnapshotFormatError)) {
      throw error;
    }
    throw new Problem(
      'snapshotNotKept',
      `scan \`${scanId}\` cannot be explained: ${error.message}; name a scan whose snapshot is kept, or scan again`,
    );
  }
}
