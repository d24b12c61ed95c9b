import type { SnapshotPart } from '@ecr-audit/access';

import { documentOf, documentTextOf } from './document-text.ts';
import { expandTree } from './expand-tree.ts';
import type {
  CompactAccount,
  CompactDocument,
  CompactOrganization,
  CompactPrincipal,
  CompactRegion,
} from './schema.ts';

export const defaultAccount = '111111111111';
export const defaultRegion = 'eu-west-1';
const trustPolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const createdAt = '2026-01-05T09:00:00.000000+00:00';

/** A compact organization as the files of a snapshot directory. */
export function expandOrganization(organization: CompactOrganization): readonly SnapshotPart[] {
  const files = new Map<string, unknown>();
  files.set('snapshot.json', {
    formatVersion: 1,
    takenAt: '2026-11-20T06:00:00Z',
    partition: 'aws',
    gaps: organization.gaps ?? [],
  });
  if (organization.tree !== null) {
    const accountIds = Object.keys(organization.accounts);
    files.set('organization.json', expandTree(organization.tree ?? {}, accountIds));
  }
  for (const [id, account] of Object.entries(organization.accounts)) {
    files.set(`accounts/${id}/account-authorization-details.json`, authorizationDetails(id, account));
    files.set(`accounts/${id}/identity-providers.json`, {
      OpenIDConnectProviders: [],
      SAMLProviders: [],
    });
    const { repositories, registry } = account;
    const home: CompactRegion = {
      ...(repositories === undefined ? {} : { repositories }),
      ...(registry === undefined ? {} : { registry }),
    };
    const regions = { [defaultRegion]: home, ...account.regions };
    for (const [name, region] of Object.entries(regions)) {
      addRegion(files, id, name, region);
    }
  }
  for (const [path, content] of Object.entries(organization.raw ?? {})) {
    if (content === null) {
      files.delete(path);
    } else {
      files.set(path, content);
    }
  }
  return [...files].map(([path, content]) => ({
    path,
    content: typeof content === 'string' ? content : JSON.stringify(content),
  }));
}

function addRegion(files: Map<string, unknown>, accountId: string, name: string, region: CompactRegion): void {
  const folder = `accounts/${accountId}/${name}`;
  const repositories = Object.entries(region.repositories ?? {});
  const arnOf = (repository: string) => `arn:aws:ecr:${name}:${accountId}:repository/${repository}`;
  files.set(`${folder}/repositories.json`, {
    repositories: repositories.map(([repositoryName]) => ({
      repositoryArn: arnOf(repositoryName),
      registryId: accountId,
      repositoryName,
      repositoryUri: `${accountId}.dkr.ecr.${name}.amazonaws.com/${repositoryName}`,
      createdAt,
      imageTagMutability: 'MUTABLE',
      imageScanningConfiguration: { scanOnPush: false },
      encryptionConfiguration: { encryptionType: 'AES256' },
    })),
  });
  files.set(
    `${folder}/repository-policies.json`,
    repositories.flatMap(([repositoryName, { policy }]) =>
      policy === undefined ? [] : [{ registryId: accountId, repositoryName, policyText: documentTextOf(policy) }],
    ),
  );
  files.set(
    `${folder}/repository-tags.json`,
    Object.fromEntries(repositories.map(([repositoryName, { tags }]) => [arnOf(repositoryName), tagList(tags)])),
  );
  const scope = region.registry?.scope;
  const policy = region.registry?.policy;
  files.set(`${folder}/registry.json`, {
    registryPolicy: policy === undefined ? null : documentTextOf(policy),
    accountSettings: scope === null ? {} : { REGISTRY_POLICY_SCOPE: scope ?? 'V2' },
    replicationConfiguration: { rules: [] },
    pullThroughCacheRules: [],
    repositoryCreationTemplates: [],
    scanningConfiguration: { scanType: 'BASIC', rules: [] },
  });
}

function authorizationDetails(accountId: string, account: CompactAccount): unknown {
  return {
    UserDetailList: Object.entries(account.users ?? {}).map(([name, user]) => userDetail(accountId, name, user)),
    GroupDetailList: Object.entries(account.groups ?? {}).map(([name, group]) => ({
      Path: '/',
      GroupName: name,
      GroupId: uniqueId('AGPA', name),
      Arn: `arn:aws:iam::${accountId}:group/${name}`,
      CreateDate: createdAt,
      GroupPolicyList: inlinePolicies(group.policies),
      AttachedManagedPolicies: attached(accountId, group.managed),
    })),
    RoleDetailList: Object.entries(account.roles ?? {}).map(([name, role]) => roleDetail(accountId, name, role)),
    Policies: Object.entries(account.managed ?? {}).map(([name, document]) => ({
      PolicyName: name.split('/').at(-1),
      PolicyId: uniqueId('ANPA', name),
      Arn: policyArn(accountId, name),
      Path: '/',
      DefaultVersionId: 'v1',
      AttachmentCount: 1,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      CreateDate: createdAt,
      UpdateDate: createdAt,
      PolicyVersionList: [
        {
          Document: documentOf(document),
          VersionId: 'v1',
          IsDefaultVersion: true,
          CreateDate: createdAt,
        },
      ],
    })),
  };
}

function userDetail(accountId: string, name: string, user: CompactPrincipal): unknown {
  return {
    ...identity(accountId, 'user', name, user),
    UserName: name,
    UserId: user.id ?? uniqueId('AIDA', name),
    UserPolicyList: inlinePolicies(user.policies),
    GroupList: user.groups ?? [],
  };
}

function roleDetail(accountId: string, name: string, role: CompactPrincipal): unknown {
  return {
    ...identity(accountId, 'role', name, role),
    RoleName: name,
    RoleId: role.id ?? uniqueId('AROA', name),
    AssumeRolePolicyDocument: trustPolicy,
    InstanceProfileList: [],
    RolePolicyList: inlinePolicies(role.policies),
    RoleLastUsed: {},
  };
}

function identity(
  accountId: string,
  kind: 'user' | 'role',
  name: string,
  principal: CompactPrincipal,
): Readonly<Record<string, unknown>> {
  const path = principal.path ?? '/';
  const { boundary } = principal;
  return {
    Path: path,
    Arn: `arn:aws:iam::${accountId}:${kind}${path}${name}`,
    CreateDate: createdAt,
    AttachedManagedPolicies: attached(accountId, principal.managed),
    Tags: tagList(principal.tags),
    ...(boundary === undefined
      ? {}
      : {
          PermissionsBoundary: {
            PermissionsBoundaryType: 'Policy',
            PermissionsBoundaryArn: policyArn(accountId, boundary),
          },
        }),
  };
}

function inlinePolicies(policies: Readonly<Record<string, CompactDocument>> = {}): unknown[] {
  return Object.entries(policies).map(([PolicyName, document]) => ({
    PolicyName,
    PolicyDocument: documentOf(document),
  }));
}

function attached(accountId: string, names: readonly string[] = []): unknown[] {
  return names.map((name) => ({
    PolicyName: name.split('/').at(-1),
    PolicyArn: policyArn(accountId, name),
  }));
}

function policyArn(accountId: string, name: string): string {
  return name.startsWith('arn:') ? name : `arn:aws:iam::${accountId}:policy/${name}`;
}

function tagList(tags: Readonly<Record<string, string>> = {}): unknown[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Ids of 21 characters, as AWS's are, that a reader recognises: the name in capitals, filled up with X. */
function uniqueId(prefix: string, name: string): string {
  const letters = name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  return `${prefix}${letters.padEnd(17, 'X').slice(0, 17)}`;
}
