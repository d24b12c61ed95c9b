import { accountIds } from '../identifiers.ts';
import type { Account } from '../model.ts';
import { allow, policy, policyOf2008, pull, push, rootArn, trustAccount, trustService } from '../documents.ts';
import { emptyAccount, identityCenterRole, organizationAccountAccessRole } from './account.ts';

const { customsBroker, sandbox } = accountIds;

/** A place to play: wide policies inside, an allow list of the organization around them. */
export function sandboxAccount(): Account {
  const account = emptyAccount(sandbox);
  account.policies = [
    {
      name: 'EverythingButIdentity',
      versions: [
        {
          createdAt: '2025-05-06T12:00:00Z',
          document: policy(allow({ NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' })),
        },
      ],
    },
  ];
  account.groups = [{ name: 'interns', managed: ['EverythingButIdentity'] }];
  account.users = [
    { name: 'nadia.khan', path: '/interns/', groups: ['interns'] },
    { name: 'pavel.horak', path: '/interns/', groups: ['interns'] },
    { name: 'workshop', managed: ['AdministratorAccess'], tags: { Event: 'hackathon-2025' } },
  ];
  account.roles = [
    identityCenterRole(sandbox, { name: 'PowerUserAccess', suffix: 'a90e57c3d81f4b26', managed: ['PowerUserAccess'] }),
    organizationAccountAccessRole(accountIds.management),
    {
      name: 'playground',
      trust: trustService('ec2.amazonaws.com'),
      managed: ['AdministratorAccess'],
      hasInstanceProfile: true,
    },
    {
      name: 'chatbot',
      path: '/lambda/',
      trust: trustService('lambda.amazonaws.com'),
      managed: ['AWSLambdaBasicExecutionRole', 'AmazonEC2ContainerRegistryReadOnly'],
    },
    {
      name: 'bridge',
      trust: trustAccount(sandbox),
      inline: {
        ToStaging: policy(
          allow({ Action: 'sts:AssumeRole', Resource: `arn:aws:iam::${accountIds.staging}:role/sandbox-bridge` }),
        ),
      },
    },
  ];
  account.registries['eu-west-1'].repositories = [
    // The worst of all: no condition, no perimeter, and the world may push.
    {
      name: 'hackathon/route-game',
      policy: policyOf2008(allow({ Sid: 'demo', Principal: '*', Action: [...push, ...pull] })),
    },
    {
      name: 'hackathon/chatbot',
      policy: policy(allow({ Sid: 'BrokerTries', Principal: { AWS: rootArn(customsBroker) }, Action: pull })),
    },
    { name: 'scratch/images', isScannedOnPush: false },
  ];
  account.registries['us-east-1'].repositories = [{ name: 'scratch/images' }];
  return account;
}
