import { makeInThread } from './make-in-thread.ts';
import { type Reports, reportsBy } from './reports.ts';

/** Reports that are made in a thread of their own, with connections of its own to the same database. */
export function startReports({ databaseUrl }: { readonly databaseUrl: string }): Reports {
  return reportsBy(makeInThread({ databaseUrl }));
}
