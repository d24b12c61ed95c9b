import { accountIds } from '../identifiers.ts';
import { type Actor, machineSession, people, service, sessionOf, userOf } from './actor.ts';
import type { ApiCall } from './api-call.ts';
import { refusedCall, registryCall, repositoryCall, type Target } from './ecr-calls.ts';

const { production, registry, sandbox, security, staging } = accountIds;

const gateway: Target = { registryId: registry, region: 'eu-west-1', repository: 'payments/gateway' };
const parcelWeb: Target = { registryId: staging, region: 'eu-west-1', repository: 'preview/parcel-web' };
const routeGame: Target = { registryId: sandbox, region: 'eu-west-1', repository: 'hackathon/route-game' };

const lotte = userOf(registry, 'lotte.vermeer');
const nadia = userOf(sandbox, 'interns/nadia.khan');
const cacheWarmer = sessionOf(registry, 'platform/cache-warmer', 'cache-warmer');

/** Refused calls, reads by people, and what AWS does by itself. */
export function incidentCalls(): ApiCall[] {
  return [
    // Somebody tries to push to production three times in a minute: it was refused, and it was tried.
    refusedCall('2026-10-13T21:14:05Z', lotte, 'InitiateLayerUpload', gateway),
    refusedCall('2026-11-13T20:02:11Z', lotte, 'PutImage', gateway),
    refusedCall('2026-11-13T20:02:31Z', lotte, 'PutImage', gateway),
    refusedCall('2026-11-13T20:02:58Z', lotte, 'PutImage', gateway),
    refusedCall('2026-11-07T12:30:00Z', nadia, 'DeleteRepository', routeGame),
    // While the boundary and the guardrail were there, this very change was refused.
    refusedCall('2026-11-09T16:48:20Z', people.contractor, 'SetRepositoryPolicy', parcelWeb),
    ...['2026-10-20', '2026-10-27', '2026-11-03', '2026-11-10'].map((day) => refusedLogin(`${day}T03:00:00Z`)),
    ...['2026-09-14', '2026-10-12', '2026-11-09'].map((day) => lifecycleRun(`${day}T22:05:00Z`)),
    read('2026-11-05T13:20:00Z', people.registryAdministrator, 'GetRepositoryPolicy', gateway),
    read(
      '2026-11-12T09:02:00Z',
      sessionOf(
        security,
        'aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_SecurityAuditor_2f6b8c01d7e49a53',
        'rosa.kim@larkfield.example',
      ),
      'DescribeImages',
      {
        registryId: security,
        region: 'eu-west-1',
        repository: 'forensics/evidence-collector',
      },
    ),
    read(
      '2026-11-14T18:30:00Z',
      sessionOf(production, 'eks/image-updater', machineSession.instance('image-updater')),
      'BatchGetImage',
      {
        registryId: registry,
        region: 'us-east-1',
        repository: 'tracking/api',
      },
    ),
    read('2026-11-11T12:00:00Z', sessionOf(registry, 'platform/lifecycle-janitor', 'lifecycle-janitor'), 'ListImages', {
      registryId: registry,
      region: 'us-east-1',
      repository: 'tools/scanner',
    }),
    read('2026-11-12T02:00:00Z', service(production, 'lambda.amazonaws.com'), 'BatchGetImage', {
      registryId: production,
      region: 'us-east-1',
      repository: 'lambda/address-check',
    }),
  ];
}

function read(at: string, actor: Actor, name: string, target: Target): ApiCall {
  return repositoryCall(at, actor, name, target);
}

function refusedLogin(at: string): ApiCall {
  const caller = `arn:aws:sts::${registry}:assumed-role/cache-warmer/cache-warmer`;
  const message = `User: ${caller} is not authorized to perform: ecr:GetAuthorizationToken on resource: *`;
  return {
    ...registryCall(at, cacheWarmer, 'GetAuthorizationToken', 'eu-west-1', null),
    error: { code: 'AccessDenied', message },
  };
}

function lifecycleRun(at: string): ApiCall {
  const target: Target = { registryId: registry, region: 'eu-west-1', repository: 'docker-hub/library/nginx' };
  return {
    ...repositoryCall(at, service(registry, 'ecr.amazonaws.com'), 'PolicyExecutionEvent', target),
    request: null,
    serviceEventDetails: {
      repositoryName: target.repository,
      lifecycleEventPolicy: { lifecycleEventRules: [{ rulePriority: 1, description: 'keep 20 images' }] },
      lifecycleEventImageActions: [],
    },
  };
}
