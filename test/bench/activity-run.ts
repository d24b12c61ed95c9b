import { foldEvents } from '@ecr-audit/access';
import { saveActivity } from '@ecr-audit/store';
import { activityEvents } from './activity-events.ts';
import { withFreshStore } from './fresh-store.ts';

/* One run over made events: `activity-run.ts fold|store COUNT`. */

const [, , mode = 'fold', countText = '1000000'] = process.argv;
const count = Number(countText);
// As the importer of log files keeps them.
const batchSize = 20_000;
const place = { accountId: '111122223333', region: 'eu-west-1' };
const options = { recordedIn: place, latestMs: Date.parse('2026-12-01T00:00:00Z') };

/** The events are made in batches between the measurements, so that making them is not counted and fills no memory. */
async function measure(work: (batch: readonly string[]) => Promise<void> | void): Promise<object> {
  const events = activityEvents(count);
  const rssAtQuarters: number[] = [];
  let workMs = 0;
  let cpuMs = 0;
  let bytes = 0;
  for (let done = 0; done < count; done += batchSize) {
    const batch = Array.from({ length: Math.min(batchSize, count - done) }, () => String(events.next().value));
    bytes += batch.reduce((sum, text) => sum + text.length, 0);
    const startMs = performance.now();
    const before = process.cpuUsage();
    await work(batch);
    workMs += performance.now() - startMs;
    const { user, system } = process.cpuUsage(before);
    cpuMs += (user + system) / 1000;
    if (Math.floor(((done + batch.length) * 4) / count) > rssAtQuarters.length) {
      rssAtQuarters.push(process.memoryUsage().rss);
    }
  }
  return { events: count, workMs, cpuMs, bytes, rssAtQuarters };
}

const figures =
  mode === 'fold'
    ? await measure((batch) => void foldEvents(batch, options))
    : await withFreshStore(async (store) =>
        measure(async (batch) => {
          const folded = foldEvents(batch, options);
          await saveActivity(store, { source: 'lookupEvents', place, folded, observed: [], holes: [], files: [] });
        }),
      );
process.stdout.write(JSON.stringify(figures));
