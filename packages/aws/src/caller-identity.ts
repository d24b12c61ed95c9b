import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';

import { credentialError } from './credentials.ts';
import { AwsError } from './errors.ts';
import type { AwsSession } from './session.ts';

export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
  readonly partition: string;
}

/**
 * Asks STS whose credentials these are. The call needs no permission, so its failure is one of the credentials.
 *
 * Throws an `AwsError` that says what to do.
 */
export async function callerIdentity(session: AwsSession): Promise<CallerIdentity> {
  const answer = await session.sts.send(new GetCallerIdentityCommand({})).catch((error: unknown) => {
    throw error instanceof AwsError ? error : credentialError(error, session.profile, session.roleArn);
  });
  const { Account: accountId, Arn: arn } = answer;
  // The account id becomes a folder name, so it is held to its form even though AWS gave it.
  if (accountId === undefined || arn === undefined || !/^\d{12}$/.test(accountId)) {
    throw new AwsError(
      'callFailed',
      'sts:GetCallerIdentity answered without an account: check that `AWS_ENDPOINT_URL` points at AWS',
    );
  }
  return { accountId, arn, partition: arn.split(':')[1] ?? 'aws' };
}
