import type { CollectionGap } from '@ecr-audit/access';
import { type AwsSession, readLastAccessed } from '@ecr-audit/aws';
import { principalsToReadLastAccessed, saveLastAccessed, type Store } from '@ecr-audit/store';

// Two calls and a few looks each: at ten a second, a run of some minutes. Who waits longest comes first, so that a larger
// account is read in turns.
const principalsMaxDefault = 1_000;
// IAM shows an attempt within four hours, and tracks 400 days: a report of yesterday is as good as one of today.
const readAgainAfterMsDefault = 20 * 60 * 60 * 1000;

export interface LastAccessedWork {
  readonly accountId: string;
  readonly now: Date;
  readonly principalsMax?: number;
  readonly readAgainAfterMs?: number;
  readonly signal?: AbortSignal;
  /** For tests: how to wait between two looks at a report that is being made. */
  readonly wait?: (ms: number) => Promise<unknown>;
}

export interface LastAccessedOutcome {
  /** How many users and roles were due. */
  readonly principals: number;
  /** How many of them were read. */
  readonly read: number;
  readonly gaps: readonly CollectionGap[];
}

/**
 * Asks IAM when the users and roles of an account that hold any right in ECR used it last, and keeps each answer at once.
 *
 * May be stopped at any moment: whoever has an answer is not asked again for most of a day. Throws an `AwsError` when the
 * credentials do not work.
 */
export async function collectLastAccessedJob(
  context: { readonly store: Store; readonly session: AwsSession },
  work: LastAccessedWork,
): Promise<LastAccessedOutcome> {
  const { store, session } = context;
  const { accountId, now } = work;
  const principals = await principalsToReadLastAccessed(store.sql, {
    accountId,
    readBefore: new Date(now.getTime() - (work.readAgainAfterMs ?? readAgainAfterMsDefault)),
    limit: work.principalsMax ?? principalsMaxDefault,
  });
  const gaps: CollectionGap[] = [];
  let read = 0;
  const answers = readLastAccessed(session, {
    accountId,
    principals,
    ...(work.signal === undefined ? {} : { signal: work.signal }),
    ...(work.wait === undefined ? {} : { wait: work.wait }),
  });
  for await (const answer of answers) {
    switch (answer.kind) {
      case 'report':
        await saveLastAccessed(store.sql, answer.report);
        read += 1;
        break;
      case 'gap':
        gaps.push(answer.gap);
        break;
      case 'gone':
        break;
      default:
        answer satisfies never;
    }
  }
  return { principals: principals.length, read, gaps };
}
