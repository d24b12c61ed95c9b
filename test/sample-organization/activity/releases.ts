import { accountIds } from '../identifiers.ts';
import { minutesAfter } from '../times.ts';
import { type Actor, machineSession, service, sessionOf, userOf, workflowOf } from './actor.ts';
import type { ApiCall } from './api-call.ts';
import { pullCalls, pushCalls, type Target } from './ecr-calls.ts';

const { customsBroker, production, registry, security, staging } = accountIds;

/** What is published when, by whom, and who pulls it then. */
interface Service {
  repository: string;
  registryId?: string;
  publisher: Actor;
  consumers: Actor[];
  releasedAt: string[];
}

const mainBranch = (team: string) =>
  workflowOf(registry, 'ci/github-actions-publish', `repo:larkfield/${team}:ref:refs/heads/main`);
const task = (pathAndName: string) => sessionOf(production, pathAndName, machineSession.task(pathAndName));
const node = (accountId: string, name: string) => sessionOf(accountId, `eks/${name}`, machineSession.instance(name));

const services: Service[] = [
  {
    repository: 'base/node',
    publisher: sessionOf(registry, 'ci/base-image-builder', machineSession.build('base/node')),
    consumers: [
      node(staging, 'staging-node'),
      sessionOf(security, 'audit/image-scanner', machineSession.task('scanner')),
    ],
    releasedAt: ['2026-08-24T04:10:00Z', '2026-10-26T04:10:00Z', '2026-11-10T04:10:00Z'],
  },
  {
    repository: 'tracking/api',
    publisher: mainBranch('tracking'),
    consumers: [node(production, 'tracking-node'), node(staging, 'staging-node')],
    releasedAt: [
      '2026-09-02T09:20:00Z',
      '2026-10-14T12:05:00Z',
      '2026-11-04T10:40:00Z',
      '2026-11-11T10:12:00Z',
      '2026-11-13T14:35:00Z',
    ],
  },
  {
    repository: 'tracking/worker',
    publisher: mainBranch('tracking'),
    consumers: [task('teams/tracking/tracking-execution')],
    releasedAt: ['2026-09-16T08:50:00Z', '2026-11-04T10:55:00Z', '2026-11-12T13:20:00Z'],
  },
  {
    repository: 'lambda/label-printer',
    publisher: mainBranch('tracking'),
    consumers: [service(registry, 'lambda.amazonaws.com')],
    releasedAt: ['2026-09-21T07:15:00Z', '2026-11-11T15:45:00Z'],
  },
  {
    repository: 'routing/api',
    publisher: mainBranch('routing'),
    consumers: [task('teams/routing/routing-execution')],
    releasedAt: ['2026-09-08T11:30:00Z', '2026-10-21T09:05:00Z', '2026-11-10T09:25:00Z'],
  },
  {
    repository: 'routing/solver',
    publisher: userOf(registry, 'diego.reyes'),
    consumers: [],
    releasedAt: ['2026-10-06T16:20:00Z', '2026-11-12T16:05:00Z'],
  },
  {
    repository: 'payments/gateway',
    publisher: sessionOf(registry, 'teams/payments-publisher', 'release'),
    consumers: [task('teams/payments/gateway-execution'), node(production, 'payments-node')],
    releasedAt: ['2026-08-31T06:30:00Z', '2026-10-28T06:30:00Z', '2026-11-11T06:30:00Z'],
  },
  {
    repository: 'payments/ledger',
    publisher: sessionOf(registry, 'platform/image-promoter', 'nightly'),
    consumers: [task('teams/payments/ledger-execution')],
    releasedAt: ['2026-10-02T01:00:00Z', '2026-11-12T01:00:00Z'],
  },
  {
    repository: 'payments/fraud-model',
    publisher: workflowOf(registry, 'ci/github-actions-payments', 'repo:larkfield/payments:environment:production'),
    consumers: [task('teams/payments/fraud-scorer')],
    releasedAt: ['2026-09-29T13:10:00Z', '2026-11-13T13:10:00Z'],
  },
  {
    repository: 'mobile/notifier',
    publisher: mainBranch('mobile'),
    consumers: [task('teams/mobile/mobile-execution')],
    releasedAt: ['2026-10-19T14:00:00Z', '2026-11-10T14:00:00Z'],
  },
  {
    // The last release before the worker's role was deleted.
    repository: 'data/airflow',
    publisher: sessionOf(registry, 'teams/data-publisher', 'yusuf.aydin'),
    consumers: [task('teams/data/airflow-worker')],
    releasedAt: ['2026-09-23T10:00:00Z', '2026-11-10T11:10:00Z'],
  },
  {
    repository: 'preview/parcel-web',
    registryId: staging,
    publisher: workflowOf(staging, 'ci/preview-deployer', 'repo:larkfield/mobile:pull_request'),
    consumers: [userOf(staging, 'developers/farid.haddad')],
    releasedAt: ['2026-10-30T15:20:00Z', '2026-11-09T15:20:00Z', '2026-11-12T10:00:00Z'],
  },
  {
    // Its rights are the ones that a retired build server left behind; nobody has pushed here since August.
    repository: 'legacy/track-trace',
    registryId: production,
    publisher: userOf(production, 'legacy/tracktrace-deploy'),
    consumers: [],
    releasedAt: ['2026-08-19T17:40:00Z'],
  },
];

/** Accounts that are not the organization's: their own history is not ours to read, the owner's copy is. */
const strangers: { at: string; actor: Actor; target: Target; tag: string; kind: 'pull' | 'push' }[] = [
  brokerExchange('2026-09-10T05:00:00Z', 'push'),
  brokerExchange('2026-10-08T05:00:00Z', 'push'),
  brokerExchange('2026-11-05T05:00:00Z', 'pull'),
  brokerExchange('2026-11-12T05:00:00Z', 'push'),
  {
    at: '2026-11-13T19:42:00Z',
    actor: sessionOf(accountIds.agency, 'build-agent', 'build-4411'),
    target: { registryId: staging, region: 'eu-west-1', repository: 'preview/parcel-web' },
    tag: '2026.11.12',
    kind: 'pull',
  },
];

export function releaseCalls(): ApiCall[] {
  return [
    ...services.flatMap((released) => released.releasedAt.flatMap((at) => releaseOf(released, at))),
    ...strangers.flatMap(({ at, actor, target, tag, kind }) =>
      kind === 'pull' ? pullCalls(at, actor, target, tag) : pushCalls(at, actor, target, tag),
    ),
  ];
}

function releaseOf(released: Service, at: string): ApiCall[] {
  const target: Target = {
    registryId: released.registryId ?? registry,
    region: 'eu-west-1',
    repository: released.repository,
  };
  const tag = at.slice(0, 10).replaceAll('-', '.');
  return [
    ...pushCalls(at, released.publisher, target, tag),
    ...released.consumers.flatMap((consumer, index) =>
      pullCalls(minutesAfter(at, 25 + 12 * index), consumer, target, tag),
    ),
  ];
}

function brokerExchange(at: string, kind: 'pull' | 'push') {
  const actor = sessionOf(customsBroker, 'exchange', 'declarations');
  const target: Target = { registryId: registry, region: 'eu-west-1', repository: 'partner/customs-broker' };
  return { at, actor, target, tag: at.slice(0, 7).replace('-', '.'), kind };
}
