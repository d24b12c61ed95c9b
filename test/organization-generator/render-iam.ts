import { uniqueId } from '../sample-organization/identifiers.ts';
import { tagList } from '../sample-organization/render/json.ts';
import type { PolicyDocument } from '../sample-organization/model.ts';
import { awsPolicies } from './aws-managed.ts';
import type { Account, Group, Principal, Role, User } from './model.ts';

/** The account as `aws iam get-account-authorization-details` prints it. */
export function authorizationDetails(account: Account): unknown {
  const arnOf = policyArns(account);
  return {
    UserDetailList: account.users.map((user) => userDetail(account, user, arnOf)),
    GroupDetailList: account.groups.map((group) => groupDetail(account, group, arnOf)),
    RoleDetailList: account.roles.map((role) => roleDetail(account, role, arnOf)),
    Policies: [...customerPolicies(account, arnOf), ...attachedAwsPolicies(account)],
  };
}

type PolicyArns = (name: string) => string;

const createdAt = '2025-03-01T09:00:00+00:00';

/** An account may name a policy of its own like one of AWS's; its own then comes first. */
function policyArns(account: Account): PolicyArns {
  const own = new Map(
    account.policies.map((policy) => [
      policy.name,
      `arn:aws:iam::${account.plan.id}:policy${policy.path}${policy.name}`,
    ]),
  );
  return (name) => {
    const arn = own.get(name) ?? awsPolicies.get(name)?.arn;
    if (arn === undefined) {
      throw new Error(`neither account ${account.plan.id} nor AWS has a policy \`${name}\``);
    }
    return arn;
  };
}

export function principalArn(account: Account, type: 'user' | 'role', principal: Principal): string {
  return `arn:aws:iam::${account.plan.id}:${type}${principal.path}${principal.name}`;
}

function userDetail(account: Account, user: User, arnOf: PolicyArns) {
  const arn = principalArn(account, 'user', user);
  return {
    Path: user.path,
    UserName: user.name,
    UserId: uniqueId('AIDA', arn),
    Arn: arn,
    CreateDate: createdAt,
    UserPolicyList: inlinePolicies(user.inline),
    GroupList: user.groups,
    ...attachmentsOf(user, arnOf),
  };
}

function groupDetail(account: Account, group: Group, arnOf: PolicyArns) {
  const arn = `arn:aws:iam::${account.plan.id}:group/${group.name}`;
  return {
    Path: '/',
    GroupName: group.name,
    GroupId: uniqueId('AGPA', arn),
    Arn: arn,
    CreateDate: createdAt,
    GroupPolicyList: inlinePolicies(group.inline),
    AttachedManagedPolicies: attachedPolicies(group.managed, arnOf),
  };
}

function roleDetail(account: Account, role: Role, arnOf: PolicyArns) {
  const arn = principalArn(account, 'role', role);
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: uniqueId('AROA', arn),
    Arn: arn,
    CreateDate: createdAt,
    AssumeRolePolicyDocument: role.trust,
    InstanceProfileList: [],
    RolePolicyList: inlinePolicies(role.inline),
    ...attachmentsOf(role, arnOf),
    RoleLastUsed: {},
  };
}

function attachmentsOf(principal: Principal, arnOf: PolicyArns) {
  return {
    AttachedManagedPolicies: attachedPolicies(principal.managed, arnOf),
    ...(principal.boundary === undefined
      ? {}
      : {
          PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arnOf(principal.boundary) },
        }),
    Tags: tagList(principal.tags),
  };
}

function inlinePolicies(inline: Readonly<Record<string, PolicyDocument>>) {
  return Object.entries(inline).map(([PolicyName, PolicyDocument]) => ({ PolicyName, PolicyDocument }));
}

function attachedPolicies(names: readonly string[], arnOf: PolicyArns) {
  return [...new Set(names)].map((name) => ({ PolicyName: name, PolicyArn: arnOf(name) }));
}

function customerPolicies(account: Account, arnOf: PolicyArns) {
  return account.policies.map(({ name, path, document }) => printedPolicy({ name, path, document, arn: arnOf(name) }));
}

/** Of AWS's own policies the account prints those that somebody in it carries. */
function attachedAwsPolicies(account: Account) {
  const attached = new Set([...account.users, ...account.roles, ...account.groups].flatMap(({ managed }) => managed));
  return [...awsPolicies.values()].filter(({ name }) => attached.has(name)).map(printedPolicy);
}

function printedPolicy(policy: {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly document: unknown;
}) {
  return {
    PolicyName: policy.name,
    PolicyId: uniqueId('ANPA', policy.arn),
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: 'v1',
    IsAttachable: true,
    CreateDate: createdAt,
    UpdateDate: createdAt,
    PolicyVersionList: [{ Document: policy.document, VersionId: 'v1', IsDefaultVersion: true, CreateDate: createdAt }],
  };
}
