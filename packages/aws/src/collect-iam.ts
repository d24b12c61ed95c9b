import { paginateGetAccountAuthorizationDetails } from '@aws-sdk/client-iam';

import { attempt, refusedAccount } from './attempt.ts';
import { boundedPages } from './bounded-pages.ts';
import { collectIdentityProviders } from './collect-identity-providers.ts';
import type { Collection } from './collection.ts';
import { groupAsPrinted, managedPolicyAsPrinted, roleAsPrinted, userAsPrinted } from './iam-as-printed.ts';
import { requiredMember } from './required-member.ts';
import type { AwsSession } from './session.ts';
import { jsonPart, sortedBy } from './snapshot-json.ts';

// The largest page that the API gives: fewer calls, and fewer chances that the account changes between two of them.
const pageSize = 1000;

/** Reads users, groups, roles, policies and identity providers of an account: two files, or gaps in their place. */
export async function collectIam(session: AwsSession, accountId: string): Promise<Collection> {
  const place = { accountId, region: null, source: 'iam:GetAccountAuthorizationDetails', resource: null };
  const refused = await refusedAccount(session, place);
  if (refused !== null) {
    return { parts: [], gaps: [refused] };
  }
  const details = await attempt(session, place, () => readAuthorizationDetails(session));
  const providers = await collectIdentityProviders(session, accountId);
  if (details.kind === 'gap') {
    return { parts: providers.parts, gaps: [details.gap, ...providers.gaps] };
  }
  const path = `accounts/${accountId}/account-authorization-details.json`;
  return { parts: [jsonPart(path, details.value), ...providers.parts], gaps: providers.gaps };
}

/** Gives what `aws iam get-account-authorization-details` prints, its lists sorted by ARN. */
async function readAuthorizationDetails(session: AwsSession): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const users = [];
  const groups = [];
  const roles = [];
  const policies = [];
  const pages = paginateGetAccountAuthorizationDetails(
    { client: session.iam, pageSize },
    { Filter: ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'] },
  );
  for await (const page of boundedPages('iam:GetAccountAuthorizationDetails', pages)) {
    requiredMember(
      'UserDetailList',
      page.UserDetailList ?? page.GroupDetailList ?? page.RoleDetailList ?? page.Policies,
    );
    if (page.IsTruncated === true) {
      requiredMember('Marker', page.Marker);
    }
    users.push(...(page.UserDetailList ?? []));
    groups.push(...(page.GroupDetailList ?? []));
    roles.push(...(page.RoleDetailList ?? []));
    policies.push(...(page.Policies ?? []));
  }
  return {
    UserDetailList: sortedBy(users, (user) => user.Arn).map(userAsPrinted),
    GroupDetailList: sortedBy(groups, (group) => group.Arn).map(groupAsPrinted),
    RoleDetailList: sortedBy(roles, (role) => role.Arn).map(roleAsPrinted),
    Policies: sortedBy(policies, (policy) => policy.Arn).map(managedPolicyAsPrinted),
  };
}
