import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import type { CollectionGap } from '@ecr-audit/access';

import { IncompleteAnswer, requiredMember } from '../required-member.ts';
import type { AwsSession } from '../session.ts';
import { nullWhere, OrganizationReader } from './organization-reader.ts';

/** Which organization an account is in. */
export type OrganizationMembership =
  | { readonly kind: 'noOrganization' }
  | { readonly kind: 'unread'; readonly gap: CollectionGap }
  | { readonly kind: 'organization'; readonly organizationId: string; readonly managementAccountId: string | null };

/** Asks which organization the session's account is in: one call, which every member account may make. */
export async function organizationOf(session: AwsSession): Promise<OrganizationMembership> {
  const reader = new OrganizationReader(session);
  const organization = await reader.read('DescribeOrganization', { resource: null }, () =>
    nullWhere(['AWSOrganizationsNotInUseException'], async () => {
      const answer = await session.organizations.send(new DescribeOrganizationCommand({}));
      const { Id, MasterAccountId } = requiredMember('Organization', answer.Organization);
      if (Id === undefined) {
        throw new IncompleteAnswer('Id of the organization');
      }
      return { organizationId: Id, managementAccountId: MasterAccountId ?? null };
    }),
  );
  if (organization !== null) {
    return { kind: 'organization', ...organization };
  }
  const [gap] = reader.gaps;
  return gap === undefined ? { kind: 'noOrganization' } : { kind: 'unread', gap };
}
