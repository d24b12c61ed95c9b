import { githubProviderArn, repositoryArn } from '../documents.ts';
import { digest, uuid } from '../identifiers.ts';
import type { Region } from '../model.ts';
import { eventTime, minutesAfter } from '../times.ts';
import { accessKeyIdOf, type Actor, type RoleActor, type UserActor, userIdentity } from './actor.ts';
import type { ApiCall, TouchedResource } from './api-call.ts';

export interface Target {
  registryId: string;
  region: Region;
  repository: string;
}

export function repositoryResource(target: Target): TouchedResource {
  const arn = repositoryArn(target.registryId, target.region, target.repository);
  return { type: 'AWS::ECR::Repository', name: arn, arn, ownerId: target.registryId };
}

/** A call about one repository, with the registry and its name filled into the request. */
export function repositoryCall(
  at: string,
  actor: Actor,
  name: string,
  target: Target,
  more: { request?: Record<string, unknown>; response?: Record<string, unknown> } = {},
): ApiCall {
  return {
    at,
    region: target.region,
    service: 'ecr',
    name,
    actor,
    request: { registryId: target.registryId, repositoryName: target.repository, ...more.request },
    ...(more.response === undefined ? {} : { response: more.response }),
    resources: [repositoryResource(target)],
  };
}

export function registryCall(
  at: string,
  actor: Actor,
  name: string,
  region: Region,
  request: Record<string, unknown> | null,
): ApiCall {
  return { at, region, service: 'ecr', name, actor, request };
}

/** A refused call names its repository in the message only. */
export function refusedCall(at: string, actor: UserActor | RoleActor, name: string, target: Target): ApiCall {
  const caller = userIdentity(actor, at)['arn'];
  const resource = repositoryResource(target).name;
  return {
    at,
    region: target.region,
    service: 'ecr',
    name,
    actor,
    request: { registryId: target.registryId, repositoryName: target.repository },
    error: {
      code: 'AccessDenied',
      message: `User: ${String(caller)} is not authorized to perform: ecr:${name} on resource: ${resource}`,
    },
  };
}

/** What one pull leaves behind: the login, the manifest and a layer that was not cached. */
export function pullCalls(at: string, actor: Actor, target: Target, tag: string): ApiCall[] {
  const manifest = repositoryCall(minutesAfter(at, 1), actor, 'BatchGetImage', target, {
    request: {
      imageIds: [{ imageTag: tag }],
      acceptedMediaTypes: [
        'application/vnd.oci.image.index.v1+json',
        'application/vnd.docker.distribution.manifest.v2+json',
      ],
    },
  });
  const layer = repositoryCall(minutesAfter(at, 1), actor, 'GetDownloadUrlForLayer', target, {
    request: { layerDigest: layerOf(target, tag) },
  });
  // A service pulls with rights of its own and needs no login.
  return actor.kind === 'service' ? [manifest, layer] : [loginCall(at, actor, target.region), manifest, layer];
}

export function pushCalls(at: string, actor: Actor, target: Target, tag: string): ApiCall[] {
  const layer = layerOf(target, tag);
  const uploadId = uuid(`upload ${at} ${layer}`);
  const call = (minutes: number, name: string, request: Record<string, unknown>, response?: Record<string, unknown>) =>
    repositoryCall(minutesAfter(at, minutes), actor, name, target, {
      request,
      ...(response === undefined ? {} : { response }),
    });
  return [
    ...federatedLogin(minutesAfter(at, -1), actor, target.region),
    loginCall(at, actor, target.region),
    call(1, 'BatchCheckLayerAvailability', { layerDigests: [layer] }),
    call(1, 'InitiateLayerUpload', {}, { uploadId, partSize: 20_971_520 }),
    call(2, 'UploadLayerPart', { uploadId, partFirstByte: 0, partLastByte: 4_194_303 }),
    call(3, 'CompleteLayerUpload', { uploadId, layerDigests: [layer] }),
    call(
      3,
      'PutImage',
      { imageTag: tag },
      { image: { imageId: { imageDigest: digest(`manifest ${layer}`), imageTag: tag } } },
    ),
  ];
}

function loginCall(at: string, actor: Actor, region: Region): ApiCall {
  return registryCall(at, actor, 'GetAuthorizationToken', region, null);
}

/** A workflow of GitHub first changes its own token for a session of the role. */
function federatedLogin(at: string, actor: Actor, region: Region): ApiCall[] {
  if (actor.kind !== 'role' || actor.githubSubject === undefined) {
    return [];
  }
  return [
    {
      at,
      region,
      service: 'sts',
      name: 'AssumeRoleWithWebIdentity',
      actor,
      request: { roleArn: actor.arn, roleSessionName: actor.session, durationSeconds: 3600 },
      response: {
        credentials: { accessKeyId: accessKeyIdOf(actor, at), expiration: eventTime(minutesAfter(at, 60)) },
        subjectFromWebIdentityToken: actor.githubSubject,
        provider: githubProviderArn(actor.accountId),
      },
      resources: [{ type: 'AWS::IAM::Role', name: actor.arn, arn: actor.arn, ownerId: actor.accountId }],
    },
  ];
}

function layerOf(target: Target, tag: string): string {
  return digest(`${repositoryResource(target).name}:${tag}`);
}
