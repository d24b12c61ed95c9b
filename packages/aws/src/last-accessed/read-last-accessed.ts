import { setTimeout as sleep } from 'node:timers/promises';

import {
  GenerateServiceLastAccessedDetailsCommand,
  GetServiceLastAccessedDetailsCommand,
  NoSuchEntityException,
} from '@aws-sdk/client-iam';
import type { ServiceLastAccessed } from '@aws-sdk/client-iam';
import type { CollectionGap, LastAccessedReport } from '@ecr-audit/access';

import { attempt } from '../attempt.ts';
import { requiredMember } from '../required-member.ts';
import type { AwsSession } from '../session.ts';
import { reportOf } from './report-of.ts';

// Jobs of IAM take seconds. They run on its side, so several are asked for before the first is looked at.
const principalsAtATime = 10;
const pollWaitMs = 1_000;
// Two minutes: a job that takes longer is asked for again another day.
const pollsMax = 120;
// 300 services of a page's hundred; an endpoint that never ends its pages meets this bound.
const pagesMax = 50;
const failedInARowMax = 3;

export interface PrincipalToAsk {
  /** AWS's unique id. */
  readonly principalId: string;
  readonly arn: string;
}

export type LastAccessedAnswer =
  | { readonly kind: 'report'; readonly report: LastAccessedReport }
  /** The user or role was deleted since it was listed. */
  | { readonly kind: 'gone'; readonly principalId: string }
  | { readonly kind: 'gap'; readonly gap: CollectionGap };

export interface LastAccessedQuery {
  readonly accountId: string;
  readonly principals: readonly PrincipalToAsk[];
  readonly signal?: AbortSignal;
  /** For tests: how to wait between two looks at a job. */
  readonly wait?: (ms: number) => Promise<unknown>;
}

/**
 * Asks IAM when users and roles used ECR last, at the level of actions where it keeps that, some at a time.
 *
 * Two calls a principal and one more for each look at a job that is not done. Ends early where the calls are denied, or fail
 * several times in a row; who was not asked is then without an answer. Throws an `AwsError` when the credentials do not work.
 */
export async function* readLastAccessed(
  session: AwsSession,
  query: LastAccessedQuery,
): AsyncGenerator<LastAccessedAnswer> {
  let failedInARow = 0;
  for (let first = 0; first < query.principals.length; first += principalsAtATime) {
    if (query.signal?.aborted === true) {
      return;
    }
    const chunk = query.principals.slice(first, first + principalsAtATime);
    const answers = await Promise.all(chunk.map((principal) => ask(session, query, principal)));
    for (const answer of answers) {
      if (answer.kind === 'stopped') {
        return;
      }
      failedInARow = answer.kind === 'gap' ? failedInARow + 1 : 0;
      yield answer;
      if (failedInARow === failedInARowMax || (answer.kind === 'gap' && answer.gap.reason === 'accessDenied')) {
        return;
      }
    }
  }
}

async function ask(
  session: AwsSession,
  { accountId, wait = sleep, signal }: LastAccessedQuery,
  principal: PrincipalToAsk,
): Promise<LastAccessedAnswer | { readonly kind: 'stopped' }> {
  const place = { accountId, region: null, resource: principal.arn };
  const started = await attempt(session, { ...place, source: 'iam:GenerateServiceLastAccessedDetails' }, () =>
    orGone(async () => {
      const command = new GenerateServiceLastAccessedDetailsCommand({
        Arn: principal.arn,
        Granularity: 'ACTION_LEVEL',
      });
      return requiredMember('JobId', (await session.iam.send(command)).JobId);
    }),
  );
  if (started.kind === 'gap') {
    return started;
  }
  if (started.value === null) {
    return { kind: 'gone', principalId: principal.principalId };
  }
  const jobId = started.value;
  const source = 'iam:GetServiceLastAccessedDetails';
  const finished = await attempt(session, { ...place, source }, () =>
    finishedJob(session, { jobId, wait, signal: signal ?? null }),
  );
  if (finished.kind === 'gap') {
    return finished;
  }
  if (finished.value === 'stopped') {
    return { kind: 'stopped' };
  }
  if (typeof finished.value === 'string') {
    const reason = finished.value === 'failed' ? 'failed' : 'timeout';
    const message = `cannot read ${source} of \`${principal.arn}\`: ${messages[finished.value]}`;
    return { kind: 'gap', gap: { ...place, source, reason, message } };
  }
  const { createdAt, services } = finished.value;
  return {
    kind: 'report',
    report: reportOf({ ...principal, accountId }, { createdAt, ServicesLastAccessed: services }),
  };
}

const messages = {
  failed: 'IAM could not make the report',
  unfinished: `the report was not finished after ${pollsMax} looks`,
} as const;

interface FinishedJob {
  readonly createdAt: Date;
  readonly services: ServiceLastAccessed[];
}

async function finishedJob(
  session: AwsSession,
  options: {
    readonly jobId: string;
    readonly wait: (ms: number) => Promise<unknown>;
    readonly signal: AbortSignal | null;
  },
): Promise<FinishedJob | keyof typeof messages | 'stopped'> {
  const { jobId, wait, signal } = options;
  for (let poll = 0; poll < pollsMax; poll += 1) {
    if (signal?.aborted === true) {
      return 'stopped';
    }
    const page = await session.iam.send(new GetServiceLastAccessedDetailsCommand({ JobId: jobId }));
    switch (requiredMember('JobStatus', page.JobStatus)) {
      case 'COMPLETED':
        return {
          createdAt: requiredMember('JobCreationDate', page.JobCreationDate),
          services: await withFurtherPages(session, jobId, page),
        };
      case 'FAILED':
        return 'failed';
      case 'IN_PROGRESS':
        await wait(pollWaitMs);
        break;
      default:
        return 'failed';
    }
  }
  return 'unfinished';
}

async function withFurtherPages(
  session: AwsSession,
  jobId: string,
  first: { readonly ServicesLastAccessed: ServiceLastAccessed[] | undefined; readonly Marker?: string | undefined },
): Promise<ServiceLastAccessed[]> {
  const services = [...requiredMember('ServicesLastAccessed', first.ServicesLastAccessed)];
  let marker = first.Marker;
  for (let page = 1; marker !== undefined && !services.some(isEcr) && page < pagesMax; page += 1) {
    const next = await session.iam.send(new GetServiceLastAccessedDetailsCommand({ JobId: jobId, Marker: marker }));
    services.push(...requiredMember('ServicesLastAccessed', next.ServicesLastAccessed));
    marker = next.Marker;
  }
  return services;
}

/** Pages after the one that tells of ECR are not read. */
function isEcr({ ServiceNamespace }: ServiceLastAccessed): boolean {
  return ServiceNamespace === 'ecr';
}

/** A principal that was deleted meanwhile is no failure. */
async function orGone<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof NoSuchEntityException) {
      return null;
    }
    throw error;
  }
}
