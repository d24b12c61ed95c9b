import type { Region } from '../model.ts';
import type { Actor } from './actor.ts';

/** One call to AWS, which CloudTrail records once in the caller's account and once more in the owner's. */
export interface ApiCall {
  at: string;
  region: Region;
  service: 'ecr' | 'iam' | 'organizations' | 'sts';
  name: string;
  actor: Actor;
  request: Record<string, unknown> | null;
  response?: Record<string, unknown>;
  resources?: TouchedResource[];
  error?: { code: string; message: string };
  /** Only for what AWS does by itself, such as carrying out a lifecycle policy. */
  serviceEventDetails?: Record<string, unknown>;
}

export interface TouchedResource {
  type: string;
  name: string;
  arn?: string;
  ownerId: string;
}

/** IAM and Organizations record their calls in one region, whatever region the caller is in. */
const globalRegion: Region = 'us-east-1';

export function iamCall(
  at: string,
  actor: Actor,
  name: string,
  request: Record<string, unknown>,
  response?: Record<string, unknown>,
): ApiCall {
  return {
    at,
    region: globalRegion,
    service: 'iam',
    name,
    actor,
    request,
    ...(response === undefined ? {} : { response }),
    resources: resourcesOf(actor.accountId, request),
  };
}

export function organizationsCall(at: string, actor: Actor, name: string, request: Record<string, unknown>): ApiCall {
  return { at, region: globalRegion, service: 'organizations', name, actor, request };
}

function resourcesOf(accountId: string, request: Record<string, unknown>): TouchedResource[] {
  const types = { userName: 'User', groupName: 'Group', roleName: 'Role', policyName: 'Policy', policyArn: 'Policy' };
  return Object.entries(types).flatMap(([key, type]) => {
    const name = request[key];
    return typeof name === 'string' ? [{ type: `AWS::IAM::${type}`, name, ownerId: accountId }] : [];
  });
}
