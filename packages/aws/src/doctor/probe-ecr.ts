import {
  DescribePullThroughCacheRulesCommand,
  DescribeRegistryCommand,
  DescribeRepositoriesCommand,
  DescribeRepositoryCreationTemplatesCommand,
  GetAccountSettingCommand,
  GetRegistryPolicyCommand,
  GetRegistryScanningConfigurationCommand,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-ecr';

import type { AwsSession } from '../session.ts';
import { notProbed, probe, valueOf } from './probe.ts';
import type { Probe } from './probe.ts';

const noRepository = 'there is no repository to ask about';

/** Tries what is asked of a registry and its repositories: at most nine calls an account and region. */
export async function probeEcr(session: AwsSession, accountId: string, region: string): Promise<readonly Probe[]> {
  const place = { accountId, region };
  const client = session.ecr(region);
  const registry = [
    await probe(session, 'ecr:GetRegistryPolicy', place, () => client.send(new GetRegistryPolicyCommand({})), [
      'RegistryPolicyNotFoundException',
    ]),
    await probe(session, 'ecr:GetAccountSetting', place, () =>
      client.send(new GetAccountSettingCommand({ name: 'REGISTRY_POLICY_SCOPE' })),
    ),
    await probe(session, 'ecr:DescribeRegistry', place, () => client.send(new DescribeRegistryCommand({}))),
    await probe(session, 'ecr:DescribePullThroughCacheRules', place, () =>
      client.send(new DescribePullThroughCacheRulesCommand({ maxResults: 1 })),
    ),
    await probe(session, 'ecr:DescribeRepositoryCreationTemplates', place, () =>
      client.send(new DescribeRepositoryCreationTemplatesCommand({ maxResults: 1 })),
    ),
    await probe(session, 'ecr:GetRegistryScanningConfiguration', place, () =>
      client.send(new GetRegistryScanningConfigurationCommand({})),
    ),
  ].map((probed) => probed.probe);
  const repositories = await probe(session, 'ecr:DescribeRepositories', place, () =>
    client.send(new DescribeRepositoriesCommand({ maxResults: 1 })),
  );
  const repository = valueOf(repositories)?.repositories?.[0];
  return [
    ...registry,
    repositories.probe,
    ...(repository === undefined
      ? [
          notProbed('ecr:GetRepositoryPolicy', place, noRepository),
          notProbed('ecr:ListTagsForResource', place, noRepository),
        ]
      : [
          await probe(
            session,
            'ecr:GetRepositoryPolicy',
            place,
            () =>
              client.send(
                new GetRepositoryPolicyCommand({
                  registryId: repository.registryId,
                  repositoryName: repository.repositoryName,
                }),
              ),
            ['RepositoryPolicyNotFoundException', 'RepositoryNotFoundException'],
          ),
          await probe(
            session,
            'ecr:ListTagsForResource',
            place,
            () => client.send(new ListTagsForResourceCommand({ resourceArn: repository.repositoryArn })),
            ['RepositoryNotFoundException'],
          ),
        ].map((probed) => probed.probe)),
  ];
}
