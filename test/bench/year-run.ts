import { documentSlots } from '../organization-generator/document-slots.ts';
import { organizationFor } from '../organization-generator/generate.ts';
import { nextDay } from '../organization-generator/next-day.ts';
import { generatorOptions, type Size, sizes } from '../organization-generator/options.ts';
import { renderSnapshot } from '../organization-generator/render-snapshot.ts';
import { median } from './figures.ts';
import { say } from './fresh-process.ts';
import { withFreshStore } from './fresh-store.ts';
import { totalBytes } from './page-figures.ts';
import { pageTimes, timeTravelTimes } from './page-times.ts';
import { scan } from './scan.ts';
import { accessTableSizes } from './table-sizes.ts';

/* A scan a day, with 1 % of the documents changed from one to the next: `year-run.ts SIZE DAYS SEED`. */

const changedShare = 0.01;
const progressDays = 10;
// So many at either end tell whether history makes a day slower.
const sampleDays = 30;

const [, , sizeName = '', days = '', seed = ''] = process.argv;
const size = sizes[nameOf(sizeName)];
const measured = await withFreshStore(async (store) => {
  let organization = organizationFor(generatorOptions({ ...size, seed }));
  const documents = Math.max(1, Math.round(documentSlots(organization).length * changedShare));
  await scan(store, renderSnapshot(organization));
  const firstSizes = await accessTableSizes(store);
  const writes: number[] = [];
  const rows: number[] = [];
  for (let day = 1; day <= Number(days); day += 1) {
    organization = nextDay(organization, { documents });
    const { writeMs, rowsWritten } = await scan(store, renderSnapshot(organization));
    writes.push(writeMs);
    rows.push(rowsWritten);
    if (day % progressDays === 0) {
      const bytes = totalBytes(await accessTableSizes(store));
      say(`day ${day} of ${days}: ${(bytes / 1e6).toFixed(1)} MB, last write ${writeMs.toFixed(0)} ms`);
    }
  }
  return {
    documents,
    firstSizes,
    lastSizes: await accessTableSizes(store),
    writeMs: median(writes),
    writeMsMax: Math.max(...writes),
    rowsWritten: median(rows),
    rowsWrittenMax: Math.max(...rows),
    pages: await pageTimes(store, seed),
    timeTravel: await timeTravelTimes(store, seed),
    writeMsEarly: median(writes.slice(0, sampleDays)),
    writeMsLate: median(writes.slice(-sampleDays)),
  };
});
process.stdout.write(JSON.stringify(measured));

function nameOf(text: string): Size {
  return text === 'small' || text === 'organization' ? text : 'account';
}
