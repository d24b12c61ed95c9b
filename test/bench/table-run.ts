import { assembleSnapshot } from '@ecr-audit/access';
import { evaluateFully, peakBytes } from './evaluate-fully.ts';
import { withFreshStore } from './fresh-store.ts';
import { scan, write } from './scan.ts';
import { readParts } from './scratch.ts';

/* The first scan, the same one again, and scans with one document changed: `table-run.ts FIRST AGAIN CHANGED...`. */

const [, , first = '', again = '', ...changed] = process.argv;
const measured = await withFreshStore(async (store) => {
  const parts = readParts(first);
  const snapshot = assembleSnapshot(parts);
  const { evaluation, evaluateMs, evaluateCpuMs } = evaluateFully(snapshot);
  const evaluatePeakBytes = peakBytes();
  const firstWrite = await write(store, { parts, evaluation, takenAt: snapshot.takenAt });
  const unchanged = await scan(store, readParts(again));
  const changes = [];
  for (const file of changed) {
    changes.push(await scan(store, readParts(file)));
  }
  return {
    evaluateMs,
    evaluateCpuMs,
    evaluatePeakBytes,
    firstWriteMs: firstWrite.writeMs,
    firstRows: firstWrite.rowsWritten,
    unchanged,
    changes,
    peakBytes: peakBytes(),
  };
});
process.stdout.write(JSON.stringify(measured));
