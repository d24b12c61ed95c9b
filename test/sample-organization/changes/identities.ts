import { people } from '../activity/actor.ts';
import { iamCall } from '../activity/api-call.ts';
import { accountOf, named, repositoryOf, registryOf, roleOf, userOf } from '../company.ts';
import { allow, login, policy, pull, push, repositoryArn, roleArn, trustGitHub } from '../documents.ts';
import { accountIds, roleId } from '../identifiers.ts';
import type { Company, ManagedPolicy, PolicyDocument, Role } from '../model.ts';
import { awsTime } from '../times.ts';
import { airflowWorkerArn } from '../accounts/registry-repositories.ts';
import { integrationTestsArn } from '../accounts/staging.ts';
import type { Change } from './change.ts';

const { production, registry, staging } = accountIds;

/** Users, groups, roles and the policies that they carry. */
export function identityChanges(): Change[] {
  return [
    userAddedToGroup(),
    managedPolicyVersionAdded(),
    roleCreated(),
    roleDeleted(),
    roleDeletedAndMadeAgain(),
    roleTagChanged(),
    userDeleted(),
  ];
}

function userAddedToGroup(): Change {
  const request = { userName: 'hannah.brandt', groupName: 'image-maintainers' };
  return {
    kind: 'user added to a group',
    calls: [iamCall('2026-11-11T07:30:12Z', people.registryIdentityAdministrator, 'AddUserToGroup', request)],
    apply(company) {
      const user = userOf(accountOf(company, registry), request.userName);
      user.groups = [...(user.groups ?? []), request.groupName];
    },
  };
}

/** The list of teams gives way to every repository, and pulling grows into pushing. */
function managedPolicyVersionAdded(): Change {
  const createdAt = '2026-11-11T10:15:44Z';
  const document = policy(
    login,
    allow({ Sid: 'PullServices', Action: [...push, ...pull.slice(1)], Resource: repositoryArn(registry, '*', '*') }),
  );
  const name = 'PullFromSharedRegistry';
  const policyArn = `arn:aws:iam::${production}:policy/platform/${name}`;
  const request = { policyArn, policyDocument: JSON.stringify(document), setAsDefault: true };
  return {
    kind: 'managed policy version changed',
    calls: [
      iamCall(createdAt, people.productionAdministrator, 'CreatePolicyVersion', request, {
        policyVersion: { versionId: 'v3', isDefaultVersion: true, createDate: awsTime(createdAt) },
      }),
    ],
    apply(company) {
      named<ManagedPolicy>(accountOf(company, production).policies, name).versions.push({ document, createdAt });
    },
  };
}

/** The trust looks for the audience only, so a workflow of anybody's repository on GitHub may push tools. */
function roleCreated(): Change {
  const createdAt = '2026-11-11T13:00:20Z';
  const document = policy(
    login,
    allow({ Sid: 'PushTools', Action: push, Resource: repositoryArn(registry, '*', 'tools/*') }),
  );
  const role: Role = {
    name: 'github-actions-open-source',
    path: '/ci/',
    trust: trustGitHub(registry, null),
    inline: { PublishTools: document },
    createdAt,
  };
  const arn = roleArn(registry, 'ci/github-actions-open-source');
  const put = { roleName: role.name, policyName: 'PublishTools', policyDocument: JSON.stringify(document) };
  return {
    kind: 'role created',
    calls: [
      iamCall(createdAt, people.registryIdentityAdministrator, 'CreateRole', creation(role), createdRole(role, arn, 1)),
      iamCall('2026-11-11T13:01:02Z', people.registryIdentityAdministrator, 'PutRolePolicy', put),
    ],
    apply(company) {
      accountOf(company, registry).roles.push(role);
    },
  };
}

/** The repository that named the role now shows the id that the role had. */
function roleDeleted(): Change {
  const roleName = 'airflow-worker';
  return {
    kind: 'role deleted',
    calls: [
      iamCall('2026-11-12T08:45:10Z', people.productionAdministrator, 'DetachRolePolicy', {
        roleName,
        policyArn: 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly',
      }),
      iamCall('2026-11-12T08:45:12Z', people.productionAdministrator, 'DeleteRole', { roleName }),
    ],
    apply(company) {
      const account = accountOf(company, production);
      account.roles = account.roles.filter((role) => role.name !== roleName);
      showAsUniqueId(company, { registryId: registry, repository: 'data/airflow', arn: airflowWorkerArn });
    },
  };
}

/** The new role has the old one's name and policies, and still it may not push: it is not the one that was let in. */
function roleDeletedAndMadeAgain(): Change {
  const createdAt = '2026-11-12T09:41:30Z';
  const attachment = {
    roleName: 'integration-tests',
    policyArn: 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly',
  };
  const before = { name: attachment.roleName, path: '/ci/' };
  return {
    kind: 'role deleted and made again',
    calls: [
      iamCall('2026-11-12T09:30:02Z', people.stagingAdministrator, 'DetachRolePolicy', attachment),
      iamCall('2026-11-12T09:30:04Z', people.stagingAdministrator, 'DeleteRole', { roleName: attachment.roleName }),
      iamCall(
        createdAt,
        people.stagingAdministrator,
        'CreateRole',
        { path: before.path, roleName: before.name },
        createdRole(before, integrationTestsArn, 2),
      ),
      iamCall('2026-11-12T09:41:33Z', people.stagingAdministrator, 'AttachRolePolicy', attachment),
    ],
    apply(company) {
      Object.assign(roleOf(accountOf(company, staging), attachment.roleName), { generation: 2, createdAt });
      showAsUniqueId(company, { registryId: staging, repository: 'integration/test-data', arn: integrationTestsArn });
    },
  };
}

/** The role's policy reads the tag: with it the rights move from one team's repositories to another's. */
function roleTagChanged(): Change {
  const roleName = 'routing-publisher';
  return {
    kind: 'tag of a role changed',
    calls: [
      iamCall('2026-11-12T11:20:48Z', people.registryIdentityAdministrator, 'TagRole', {
        roleName,
        tags: [{ key: 'Team', value: 'payments' }],
      }),
    ],
    apply(company) {
      const role = roleOf(accountOf(company, registry), roleName);
      role.tags = { ...role.tags, Team: 'payments' };
    },
  };
}

function userDeleted(): Change {
  const userName = 'tom.fields';
  return {
    kind: 'user deleted',
    calls: [
      iamCall('2026-11-15T08:10:00Z', people.stagingAdministrator, 'RemoveUserFromGroup', {
        userName,
        groupName: 'developers',
      }),
      iamCall('2026-11-15T08:10:04Z', people.stagingAdministrator, 'DeleteUser', { userName }),
    ],
    apply(company) {
      const account = accountOf(company, staging);
      account.users = account.users.filter((user) => user.name !== userName);
    },
  };
}

function showAsUniqueId(company: Company, deleted: { registryId: string; repository: string; arn: string }): void {
  const repository = repositoryOf(registryOf(company, deleted.registryId, 'eu-west-1'), deleted.repository);
  if (repository.policy !== undefined) {
    repository.policy = withPrincipal(repository.policy, deleted.arn, roleId(deleted.arn));
  }
}

function withPrincipal(document: PolicyDocument, from: string, to: string): PolicyDocument {
  return {
    ...document,
    Statement: document.Statement.map((statement) => {
      const { Principal: principal } = statement;
      const isNamed = typeof principal === 'object' && principal['AWS'] === from;
      return isNamed ? { ...statement, Principal: { AWS: to } } : statement;
    }),
  };
}

function creation(role: Role): Record<string, unknown> {
  return { path: role.path, roleName: role.name, assumeRolePolicyDocument: JSON.stringify(role.trust) };
}

function createdRole(role: { name: string; path?: string }, arn: string, generation: number): Record<string, unknown> {
  return { role: { path: role.path, roleName: role.name, roleId: roleId(arn, generation), arn } };
}
