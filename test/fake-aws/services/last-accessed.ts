import { z } from 'zod';

import { held } from '../fake-call.ts';
import type { FakeCall, Operation } from '../fake-call.ts';
import { FakeError } from '../fake-error.ts';
import { pageOf } from '../paging.ts';
import type { ServedState } from '../served-state.ts';

// Of ECR, IAM tracks some actions and not others; which ones is not documented, so the fake takes those that write.
const trackedActions = new Set(['PutImage', 'SetRepositoryPolicy', 'CreateRepository']);

interface Job {
  readonly arn: string;
  readonly isActionLevel: boolean;
  readonly createdAt: Date;
  looks: number;
}

/** Jobs live as long as the fake that serves the state. */
const jobsOf = new WeakMap<ServedState, Map<string, Job>>();

const generateInput = z.object({ Arn: z.string(), Granularity: z.enum(['SERVICE_LEVEL', 'ACTION_LEVEL']).optional() });

function generate(input: unknown, call: FakeCall): unknown {
  const { Arn, Granularity } = generateInput.parse(input);
  const { UserDetailList, RoleDetailList } = held(call.account.authorizationDetails, call);
  if (![...UserDetailList, ...RoleDetailList].some((entity) => entity.Arn === Arn)) {
    throw new FakeError('NoSuchEntity', `Entity ${Arn} cannot be found.`, 404);
  }
  const jobs = jobsOf.get(call.state) ?? new Map<string, Job>();
  jobsOf.set(call.state, jobs);
  const JobId = `20000000-0000-4000-8000-${String(jobs.size + 1).padStart(12, '0')}`;
  jobs.set(JobId, { arn: Arn, isActionLevel: Granularity === 'ACTION_LEVEL', createdAt: call.now, looks: 0 });
  return { JobId };
}

const getInput = z.object({
  JobId: z.string(),
  MaxItems: z.number().int().min(1).max(1000).default(100),
  Marker: z.string().optional(),
});

/** In progress at the first look, done at the second; of a principal that is named so, never. */
function get(input: unknown, call: FakeCall): unknown {
  const { JobId, MaxItems, Marker } = getInput.parse(input);
  const job = jobsOf.get(call.state)?.get(JobId);
  if (job === undefined) {
    throw new FakeError('NoSuchEntity', `The job ${JobId} cannot be found.`, 404);
  }
  job.looks += 1;
  const head = { JobCreationDate: job.createdAt, JobType: job.isActionLevel ? 'ACTION_LEVEL' : 'SERVICE_LEVEL' };
  if (job.looks === 1 || job.arn.endsWith('/never-done')) {
    return { ...head, JobStatus: 'IN_PROGRESS', ServicesLastAccessed: [], IsTruncated: false };
  }
  const page = pageOf(servicesOf(job, call), {
    token: Marker,
    size: Math.min(MaxItems, call.pageSizeMax),
    boundTo: [call.operation, JobId],
    onBadToken: () => new FakeError('ValidationError', 'Invalid Marker'),
  });
  return {
    ...head,
    JobStatus: 'COMPLETED',
    JobCompletionDate: job.createdAt,
    ServicesLastAccessed: page.items,
    IsTruncated: page.nextToken !== null,
    ...(page.nextToken === null ? {} : { Marker: page.nextToken }),
  };
}

/** As the events of the account tell it; of a principal that is named so, ECR is not listed. */
function servicesOf({ arn, isActionLevel }: Job, call: FakeCall): readonly object[] {
  const events = [...call.account.regions].flatMap(([region, served]) =>
    (served.events ?? [])
      .filter((event) => event.EventSource === 'ecr.amazonaws.com' && actorArn(event.CloudTrailEvent) === arn)
      .map((event) => ({ region, name: event.EventName, time: event.EventTime })),
  );
  const latest = events.toSorted((left, right) => right.time.getTime() - left.time.getTime());
  const [last] = latest;
  const tracked = [...new Set(latest.map(({ name }) => name))].filter((name) => trackedActions.has(name));
  const iam = {
    ServiceName: 'AWS Identity and Access Management',
    ServiceNamespace: 'iam',
    TotalAuthenticatedEntities: 0,
  };
  if (arn.endsWith('/without-ecr')) {
    return [iam];
  }
  return [
    iam,
    {
      ServiceName: 'Amazon Elastic Container Registry',
      ServiceNamespace: 'ecr',
      TotalAuthenticatedEntities: last === undefined ? 0 : 1,
      ...(last === undefined
        ? {}
        : { LastAuthenticated: last.time, LastAuthenticatedEntity: arn, LastAuthenticatedRegion: last.region }),
      ...(isActionLevel && tracked.length > 0
        ? {
            TrackedActionsLastAccessed: tracked.map((name) => {
              const found = latest.find((event) => event.name === name);
              return {
                ActionName: name,
                LastAccessedEntity: arn,
                LastAccessedTime: found?.time,
                LastAccessedRegion: found?.region,
              };
            }),
          }
        : {}),
    },
  ];
}

const recordSchema = z.object({
  userIdentity: z.object({
    arn: z.string().optional(),
    sessionContext: z.object({ sessionIssuer: z.object({ arn: z.string().optional() }).optional() }).optional(),
  }),
});

function actorArn(text: string): string | null {
  const record = recordSchema.safeParse(JSON.parse(text));
  const identity = record.data?.userIdentity;
  return identity?.sessionContext?.sessionIssuer?.arn ?? identity?.arn ?? null;
}

export const lastAccessedOperations: Readonly<Record<string, Operation>> = {
  GenerateServiceLastAccessedDetails: generate,
  GetServiceLastAccessedDetails: get,
};
