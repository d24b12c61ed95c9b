import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import type { STSClient } from '@aws-sdk/client-sts';

import type { CredentialSource } from './credentials.ts';
import { requiredMember } from './required-member.ts';

export interface RoleToAssume {
  readonly roleArn: string;
  /** Null where the trust policy asks for none. A secret: it goes into the request and nowhere else. */
  readonly externalId: string | null;
  /** What CloudTrail of the role's account shows beside the role's name. */
  readonly sessionName: string;
}

/** Gives the credentials of a role, by the client of whoever assumes it. Throws what the SDK throws. */
export function assumedRole(sts: STSClient, role: RoleToAssume): CredentialSource {
  return async () => {
    const { Credentials: given } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: role.roleArn,
        RoleSessionName: role.sessionName,
        ...(role.externalId === null ? {} : { ExternalId: role.externalId }),
      }),
    );
    return {
      accessKeyId: requiredMember('AccessKeyId', given?.AccessKeyId),
      secretAccessKey: requiredMember('SecretAccessKey', given?.SecretAccessKey),
      sessionToken: requiredMember('SessionToken', given?.SessionToken),
      ...(given?.Expiration === undefined ? {} : { expiration: given.Expiration }),
    };
  };
}
