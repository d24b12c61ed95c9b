import { parentPort, workerData } from 'node:worker_threads';
import { openStore, StoreError } from '@ecr-audit/store';
import { z } from 'zod';
import { Problem } from '../http/problem.ts';
import type { ReportJob, ReportKind } from './report-jobs.ts';
import { makeReport } from './make-report.ts';
import { type ScanReader, scanReader } from './scan-reader.ts';
import type { AskedReport, MadeReport } from './thread-messages.ts';

// A report reads whole histories in one statement.
const statementTimeoutMs = 120_000;
// One report at a time, whose statements go side by side where they can.
const connectionsMax = 3;

const { databaseUrl } = z.object({ databaseUrl: z.string() }).parse(workerData);
let reader: ScanReader | null = null;
let last = Promise.resolve();

parentPort?.on('message', (asked: AskedReport) => {
  last = afterwards(last, asked);
});

async function afterwards(before: Promise<void>, { id, job }: AskedReport): Promise<void> {
  await before;
  const made = await answer(id, job);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the thread that started this one.
  parentPort?.postMessage(made);
}

async function answer<Kind extends ReportKind>(id: number, job: ReportJob<Kind>): Promise<MadeReport> {
  try {
    reader ??= scanReader(
      await openStore(databaseUrl, { applicationName: 'ecr-audit-reports', connectionsMax, statementTimeoutMs }),
    );
    return { id, kind: 'made', report: await makeReport(reader, job) };
  } catch (error) {
    if (error instanceof Problem) {
      const { code, message, details } = error;
      return { id, kind: 'problem', code, message, details };
    }
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    return { id, kind: 'failed', message, stack, code: codeOf(error) };
  }
}

/** What the database or the socket said, also where the store said it in its own words. */
function codeOf(error: unknown): string | null {
  const known = error instanceof StoreError && error.cause !== undefined ? error.cause : error;
  return known instanceof Error && 'code' in known ? String(known.code) : null;
}
