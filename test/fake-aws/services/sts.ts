import { z } from 'zod';

import type { FakeCall, Operation } from '../fake-call.ts';
import { accessDenied, FakeError } from '../fake-error.ts';

const assumeRoleInput = z.object({
  RoleArn: z.string(),
  RoleSessionName: z.string(),
  ExternalId: z.string().optional(),
  DurationSeconds: z.number().optional(),
});

const roleArn = /^arn:[a-z-]+:iam::(\d{12}):role\/(.+)$/;

/** A role that is there gives a session of its account; one that is not answers like one that is not allowed. */
function assumeRole(input: unknown, call: FakeCall): unknown {
  const { RoleArn, RoleSessionName, DurationSeconds, ExternalId } = assumeRoleInput.parse(input);
  const [, accountId, path] = roleArn.exec(RoleArn) ?? [];
  const roleName = path?.split('/').at(-1);
  if (accountId === undefined || path === undefined || roleName === undefined) {
    throw new FakeError('ValidationError', `${RoleArn} is invalid`);
  }
  if (!call.roles.allows(call.state, { accountId, path, arn: RoleArn, externalId: ExternalId ?? null })) {
    throw accessDenied({ service: 'sts', operation: 'AssumeRole', callerArn: call.caller.arn, resource: RoleArn });
  }
  const roleId =
    call.state.accounts.get(accountId)?.authorizationDetails?.RoleDetailList.find((role) => role.Arn === RoleArn)
      ?.RoleId ?? 'AROAFAKEFAKEFAKEFAKE1';
  const accessKeyId = call.sessions.open({
    accountId,
    roleName,
    roleId,
    sessionName: RoleSessionName,
    partition: call.state.partition,
  });
  return {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: 'fake-secret-key',
      SessionToken: 'fake-session-token',
      // The SDK compares this with the real clock, not with the fake's.
      Expiration: new Date(Date.now() + (DurationSeconds ?? 3600) * 1000),
    },
    AssumedRoleUser: {
      AssumedRoleId: `${roleId}:${RoleSessionName}`,
      Arn: `arn:${call.state.partition}:sts::${accountId}:assumed-role/${roleName}/${RoleSessionName}`,
    },
  };
}

export const stsOperations: Readonly<Record<string, Operation>> = {
  AssumeRole: assumeRole,
  GetCallerIdentity: (_input, call) => ({ Account: call.accountId, Arn: call.caller.arn, UserId: call.caller.userId }),
};
