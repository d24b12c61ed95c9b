import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { migrate, openStore, startEmbeddedPostgres } from '@ecr-audit/store';
import { z } from 'zod';
import { scan } from './scan.ts';
import { inScratch, readParts } from './scratch.ts';

/* Lists of the API over HTTP, streamed whole and page by page: `lists-run.ts PARTS`. */

const [, , file = ''] = process.argv;

const pages: readonly (readonly [string, string])[] = [
  ['who may push', '/v1/access?capability=push'],
  ['roles that may push to a part', '/v1/access?capability=push&repository=a*&principalType=role'],
  ['who of others may do anything', '/v1/access?external=true'],
  ['everything of one action', '/v1/access?action=ecr:PutImage'],
  ['repositories', '/v1/repositories'],
  ['principals', '/v1/principals'],
  ['coverage', '/v1/coverage'],
];
const streams: readonly (readonly [string, string])[] = [
  ['who-can of the account, CSV', '/v1/access?by=capability&format=csv'],
  ['the same, NDJSON', '/v1/access?by=capability&format=ndjson'],
  [
    'five fields of it, CSV',
    '/v1/access?by=capability&format=csv&fields=principal.arn,repository.arn,action,decision,condition',
  ],
];
const reports: readonly (readonly [string, string])[] = [
  ['policies', '/v1/policies'],
  ['series', '/v1/series'],
  ['over-permission', '/v1/over-permission'],
];
const pageTurns = 30;

const measured = await inScratch(async (directory) => {
  const postgres = await startEmbeddedPostgres({ directory });
  try {
    const store = await openStore(postgres.url);
    try {
      await migrate(store);
      await scan(store, readParts(file));
    } finally {
      await store.close();
    }
    return await measure(postgres.url);
  } finally {
    await postgres.stop();
  }
});
process.stdout.write(JSON.stringify(measured));

async function measure(databaseUrl: string): Promise<object> {
  const server = spawn(process.execPath, [path.join(import.meta.dirname, 'lists-server.ts')], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = z.tuple([z.instanceof(Buffer)]).parse(await once(server.stdout, 'data'));
    const url = line.toString('utf8').trim();
    const memory = (): number => residentBytes(server.pid ?? 0);
    const times = [];
    for (const [name, query] of pages) {
      times.push({ name, ...(await pageTimes(`${url}${query}`)) });
    }
    const streamed = [];
    for (const [name, query] of streams) {
      streamed.push({ name, ...(await streamOnce(`${url}${query}`, memory)) });
    }
    const made = [];
    for (const [name, query] of reports) {
      made.push({ name, ...(await reportOnce(url, query)) });
    }
    return { pages: times, streams: streamed, reports: made };
  } finally {
    server.kill();
    await once(server, 'exit');
  }
}

async function pageTimes(url: string): Promise<object> {
  const firstMs = await timed(url);
  const all = [];
  for (let turn = 0; turn < pageTurns; turn += 1) {
    all.push(await timed(url));
  }
  const sorted = all.toSorted((a, b) => a - b);
  return { firstMs, medianMs: sorted[Math.floor(pageTurns / 2)] ?? 0, slowestMs: sorted.at(-1) ?? 0 };
}

async function timed(url: string): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(url);
  await response.text();
  if (response.status !== 200) {
    throw new Error(`${url} answered ${response.status}`);
  }
  return performance.now() - startedAt;
}

async function streamOnce(url: string, memory: () => number): Promise<object> {
  const beforeBytes = memory();
  const startedAt = performance.now();
  const response = await fetch(url);
  let [bytes, rows, peakBytes] = [0, 0, 0];
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) {
      rows += 1;
    }
    peakBytes = Math.max(peakBytes, memory());
  }
  return { rows, bytes, ms: performance.now() - startedAt, beforeBytes, peakBytes };
}

/** The first answer and the second, and how long others had to wait meanwhile. */
async function reportOnce(url: string, query: string): Promise<object> {
  const making = { isOver: false };
  let waitMs = 0;
  const others = (async (): Promise<void> => {
    while (!making.isOver) {
      waitMs = Math.max(waitMs, await timed(`${url}/v1/repositories?limit=1`));
    }
  })();
  const firstMs = await timed(`${url}${query}`);
  making.isOver = true;
  await others;
  return { firstMs, againMs: await timed(`${url}${query}`), waitMs };
}

/** What the process holds of memory; 0 where the system does not tell. */
function residentBytes(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}
