import type { SnapshotPart } from '@ecr-audit/access';
import { expandOrganization } from '../../conformance/expand.ts';

export const shop = '111111111111';
export const tools = '222222222222';
export const stranger = '888888888888';

const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

/** Two accounts with a few principals of every kind, some conditional access and one gap: evaluated in milliseconds. */
export function smallOrganization(
  options: { readonly isBobThere: boolean } = { isBobThere: true },
): readonly SnapshotPart[] {
  const bob = { policies: { all: [{ Effect: 'Allow', Action: 'ecr:*', Resource: '*' }] } };
  return expandOrganization({
    accounts: {
      [shop]: {
        users: {
          alice: {
            policies: {
              push: [
                {
                  Effect: 'Allow',
                  Action: 'ecr:*',
                  Resource: '*',
                  Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
                },
              ],
            },
          },
          ...(options.isBobThere ? { bob } : {}),
        },
        roles: {
          deploy: {
            policies: { pull: [{ Effect: 'Allow', Action: [...pull, 'ecr:GetAuthorizationToken'], Resource: '*' }] },
          },
        },
        repositories: {
          'team/app': {
            policy: [
              { Sid: 'Lambda', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: pull },
              {
                Sid: 'Outside',
                Effect: 'Allow',
                Principal: { AWS: `arn:aws:iam::${stranger}:role/path/ci` },
                Action: pull,
              },
            ],
          },
          'team/base': {},
        },
        regions: { 'us-east-1': { repositories: { 'team/far': {} } } },
      },
      [tools]: { roles: { scanner: {} }, repositories: { image: {} } },
    },
    gaps: [
      {
        accountId: tools,
        region: 'eu-west-1',
        source: 'ecr:GetRepositoryPolicy',
        resource: `arn:aws:ecr:eu-west-1:${tools}:repository/image`,
        reason: 'accessDenied',
        message: 'cannot read the policy: access denied',
      },
    ],
  });
}
