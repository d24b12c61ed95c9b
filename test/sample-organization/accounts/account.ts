import { policy, allow, trustIdentityCenter, trustService } from '../documents.ts';
import type { Account, PolicyDocument, Registry, Role } from '../model.ts';

/** An account with nothing in it; a file of its own fills in each of the company's accounts. */
export function emptyAccount(id: string): Account {
  return {
    id,
    users: [],
    groups: [],
    roles: [],
    policies: [],
    identityProviders: { github: false, identityCenter: true },
    registries: { 'eu-west-1': emptyRegistry(), 'us-east-1': emptyRegistry() },
  };
}

export function emptyRegistry(): Registry {
  return {
    repositories: [],
    policy: null,
    policyScope: 'V2',
    replication: [],
    pullThroughCacheRules: [],
    creationTemplates: [],
  };
}

/** A role that IAM Identity Center makes for a permission set; its home is eu-west-1. */
export function identityCenterRole(
  accountId: string,
  permissionSet: { name: string; suffix: string; managed: string[]; inline?: PolicyDocument },
): Role {
  return {
    name: `AWSReservedSSO_${permissionSet.name}_${permissionSet.suffix}`,
    path: '/aws-reserved/sso.amazonaws.com/eu-west-1/',
    trust: trustIdentityCenter(accountId),
    managed: permissionSet.managed,
    ...(permissionSet.inline === undefined ? {} : { inline: { AwsSSOInlinePolicy: permissionSet.inline } }),
  };
}

export function serviceLinkedRole(name: string, service: string, managed: string[]): Role {
  return { name, path: `/aws-service-role/${service}/`, trust: trustService(service), managed };
}

/** The role through which the management account administers a member. */
export function organizationAccountAccessRole(managementAccountId: string): Role {
  return {
    name: 'OrganizationAccountAccessRole',
    trust: policy(allow({ Principal: { AWS: `arn:aws:iam::${managementAccountId}:root` }, Action: 'sts:AssumeRole' })),
    managed: ['AdministratorAccess'],
  };
}
