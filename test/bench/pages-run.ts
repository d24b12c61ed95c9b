import { withFreshStore } from './fresh-store.ts';
import { pageTimes } from './page-times.ts';
import { scan } from './scan.ts';
import { readParts } from './scratch.ts';
import { accessTableSizes } from './table-sizes.ts';

/* The first scan, its space and its pages: `pages-run.ts PARTS SEED`. */

const [, , file = '', seed = ''] = process.argv;
const measured = await withFreshStore(async (store) => {
  await scan(store, readParts(file));
  return { pages: await pageTimes(store, seed), sizes: await accessTableSizes(store) };
});
process.stdout.write(JSON.stringify(measured));
