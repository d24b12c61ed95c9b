import { Problem } from '../http/problem.ts';
import { type Cache, recentlyUsed } from '../snapshots/recently-used.ts';
import type { ReportJob, ReportKind } from './report-jobs.ts';
import type { ReportOf } from './report-of.ts';

/** Makes reports, wherever it does. */
export interface ReportMaker {
  make<Kind extends ReportKind>(job: ReportJob<Kind>): Promise<ReportOf<Kind>>;
  /** Gives up what is being made. May be called twice. */
  close(): Promise<void>;
}

/** What takes seconds to answer: made once, and kept for its other pages. */
export interface Reports {
  /** Throws `tooBusy` where too many wait already, and what making it throws. */
  of<Kind extends ReportKind>(job: ReportJob<Kind>): Promise<ReportOf<Kind>>;
  close(): Promise<void>;
}

// Of an organization with 10,000 principals some ten megabytes each.
const reportsMax = 3;
// Each takes seconds, one after the other: who came after these would wait for minutes.
const waitingMax = 8;
const retryAfterSeconds = '20';

/** Keeps the latest reports of each kind, and lets a bounded number wait. */
export function reportsBy(maker: ReportMaker): Reports {
  const kept: { readonly [Kind in ReportKind]: Cache<ReportOf<Kind>> } = {
    drift: recentlyUsed(reportsMax),
    overPermission: recentlyUsed(reportsMax),
    unusedRight: recentlyUsed(reportsMax),
    policiesInVain: recentlyUsed(reportsMax),
    suggestion: recentlyUsed(reportsMax),
    policies: recentlyUsed(reportsMax),
    series: recentlyUsed(reportsMax),
  };
  let waiting = 0;
  const made = async <Kind extends ReportKind>(job: ReportJob<Kind>): Promise<ReportOf<Kind>> => {
    if (waiting >= waitingMax) {
      throw new Problem('tooBusy', `${waiting} reports are being made: try again in ${retryAfterSeconds} seconds`, {
        headers: { 'retry-after': retryAfterSeconds },
      });
    }
    waiting += 1;
    try {
      return await maker.make(job);
    } finally {
      waiting -= 1;
    }
  };
  return {
    of: async <Kind extends ReportKind>(job: ReportJob<Kind>) => {
      const cache: Cache<ReportOf<Kind>> = kept[job.kind];
      return await cache.get(JSON.stringify(job), () => made(job));
    },
    close: () => maker.close(),
  };
}
