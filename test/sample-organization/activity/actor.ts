import { accountIds, hexOf, numberBelow, temporaryAccessKeyId, uniqueId, userAccessKeyId } from '../identifiers.ts';
import { eventTime, minutesAfter } from '../times.ts';
import { githubProviderArn, roleArn, userArn } from '../documents.ts';

/** Who makes a call, as far as CloudTrail tells. */
export type Actor = RoleActor | UserActor | ServiceActor;

/** `githubSubject` is set for the sessions of GitHub's workflows: which repository and which branch they run for. */
export interface RoleActor {
  kind: 'role';
  accountId: string;
  arn: string;
  session: string;
  generation?: number;
  githubSubject?: string;
}

export interface UserActor {
  kind: 'user';
  accountId: string;
  arn: string;
}

interface ServiceActor {
  kind: 'service';
  accountId: string;
  service: string;
}

export function sessionOf(accountId: string, pathAndName: string, session: string): RoleActor {
  return { kind: 'role', accountId, arn: roleArn(accountId, pathAndName), session };
}

export function workflowOf(accountId: string, pathAndName: string, subject: string): RoleActor {
  return {
    kind: 'role',
    accountId,
    arn: roleArn(accountId, pathAndName),
    session: 'GitHubActions',
    githubSubject: subject,
  };
}

export function userOf(accountId: string, pathAndName: string): UserActor {
  return { kind: 'user', accountId, arn: userArn(accountId, pathAndName) };
}

export function service(accountId: string, name: string): ServiceActor {
  return { kind: 'service', accountId, service: name };
}

export function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** The name of the session for a role, of the user for a user, nothing for a service: LookupEvents' `Username`. */
export function usernameOf(actor: Actor): string | undefined {
  switch (actor.kind) {
    case 'role':
      return actor.session;
    case 'user':
      return nameOf(actor.arn);
    case 'service':
      return undefined;
    default:
      return unreachable(actor);
  }
}

export function accessKeyIdOf(actor: Actor, at: string): string | undefined {
  switch (actor.kind) {
    case 'role':
      return temporaryAccessKeyId(`${actor.arn} ${actor.session} ${at.slice(0, 10)}`);
    case 'user':
      return userAccessKeyId(actor.arn);
    case 'service':
      return undefined;
    default:
      return unreachable(actor);
  }
}

/** People come from the office's network, machines from addresses of the cloud. */
export function sourceAddressOf(actor: Actor): string {
  switch (actor.kind) {
    case 'service':
      return actor.service;
    case 'user':
      return `203.0.113.${10 + numberBelow(200, actor.arn)}`;
    case 'role':
      return actor.session.includes('@')
        ? `203.0.113.${10 + numberBelow(200, actor.session)}`
        : `10.20.${numberBelow(250, actor.arn)}.${numberBelow(250, actor.session)}`;
    default:
      return unreachable(actor);
  }
}

/** The identity as the account of the caller sees it. */
export function userIdentity(actor: Actor, at: string): Record<string, unknown> {
  switch (actor.kind) {
    case 'role':
      return assumedRole(actor, at);
    case 'user':
      return {
        type: 'IAMUser',
        principalId: uniqueId('AIDA', actor.arn),
        arn: actor.arn,
        accountId: actor.accountId,
        accessKeyId: accessKeyIdOf(actor, at),
        userName: nameOf(actor.arn),
      };
    case 'service':
      return { type: 'AWSService', invokedBy: actor.service };
    default:
      return unreachable(actor);
  }
}

/** The identity as another account sees it that owns what was called: no ARN, only whose it is. */
export function foreignIdentity(actor: Actor): Record<string, unknown> {
  if (actor.kind === 'service') {
    return userIdentity(actor, '');
  }
  const principalId =
    actor.kind === 'role'
      ? `${uniqueId('AROA', actor.arn, actor.generation)}:${actor.session}`
      : uniqueId('AIDA', actor.arn);
  return { type: 'AWSAccount', principalId, accountId: actor.accountId };
}

function assumedRole(actor: RoleActor, at: string): Record<string, unknown> {
  const roleId = uniqueId('AROA', actor.arn, actor.generation);
  return {
    type: 'AssumedRole',
    principalId: `${roleId}:${actor.session}`,
    arn: `arn:aws:sts::${actor.accountId}:assumed-role/${nameOf(actor.arn)}/${actor.session}`,
    accountId: actor.accountId,
    accessKeyId: accessKeyIdOf(actor, at),
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: roleId,
        arn: actor.arn,
        accountId: actor.accountId,
        userName: nameOf(actor.arn),
      },
      ...(actor.githubSubject !== undefined
        ? { webIdFederationData: { federatedProvider: githubProviderArn(actor.accountId), attributes: {} } }
        : {}),
      attributes: { creationDate: eventTime(minutesAfter(at, -5)), mfaAuthenticated: 'false' },
    },
  };
}

/** The names of sessions that machines get: a task, an instance, a build. */
export const machineSession = {
  task: (seed: string) => hexOf(`task ${seed}`).slice(0, 32),
  instance: (seed: string) => `i-0${hexOf(`instance ${seed}`).slice(0, 16)}`,
  build: (seed: string) => `AWSCodeBuild-${hexOf(`build ${seed}`).slice(0, 8)}`,
};

export const people = {
  organizationAdministrator: sessionOf(
    accountIds.management,
    'aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_41c6a0d2e97b3f58',
    'petra.svensson@larkfield.example',
  ),
  registryAdministrator: sessionOf(
    accountIds.registry,
    'platform/registry-administrator',
    'marta.kowal@larkfield.example',
  ),
  registryIdentityAdministrator: sessionOf(
    accountIds.registry,
    'aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_7a10e5c4b8d2f693',
    'marta.kowal@larkfield.example',
  ),
  productionAdministrator: sessionOf(
    accountIds.production,
    'aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_e2b7904f6d1ca835',
    'samir.bose@larkfield.example',
  ),
  stagingAdministrator: sessionOf(
    accountIds.staging,
    'aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_3bd61f8e07a5c924',
    'jonas.berg@larkfield.example',
  ),
  contractor: userOf(accountIds.staging, 'contractors/liu.wen'),
} satisfies Record<string, Actor>;

function unreachable(actor: never): never {
  throw new Error(`unknown actor ${JSON.stringify(actor)}`);
}
