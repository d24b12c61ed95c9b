import type { GateName } from '@ecr-audit/policy';
import type { ActionQuestion } from '../evaluate/evaluate-action.ts';
import type { EcrPolicySet } from '../evaluate/gates-input.ts';
import type { CollectionGap } from '../snapshot/gap.ts';
import { findGap, findGapWithin, findOrganizationGap } from '../snapshot/gaps.ts';
import type { UnreadSource } from './explanation.ts';

/** What has a say in a gate and was not read, or cannot be, with the reason that the collector noted. */
export function unreadSources(gate: GateName, policies: EcrPolicySet, question: ActionQuestion): UnreadSource[] {
  return [
    ...policies.unread.map((what) => ({ what, why: describeGap(gapOf(gate, what, question)) })),
    ...policies.sources.flatMap(({ policy, document }) =>
      document.kind === 'unreadable'
        ? [{ what: policy, why: `${document.problem.place} ${document.problem.message}`.trim() }]
        : [],
    ),
  ];
}

function describeGap(gap: CollectionGap | null): string | null {
  return gap === null ? null : gap.message || gap.reason;
}

const IAM_SOURCES = ['iam:GetAccountAuthorizationDetails', 'account-authorization-details.json', 'sts:AssumeRole'];
const LIST_SOURCES = ['ecr:DescribeRepositories', 'repositories.json', 'sts:AssumeRole'];
const POLICY_SOURCES = ['ecr:GetRepositoryPolicy', 'repository-policies.json', ...LIST_SOURCES];
const REGISTRY_SOURCES = ['ecr:GetRegistryPolicy', 'registry.json', 'sts:AssumeRole'];

function gapOf(gate: GateName, what: string, { snapshot, caller, target }: ActionQuestion): CollectionGap | null {
  const callerAccount = caller.request.accountId;
  switch (gate) {
    case 'identity':
    case 'permissionsBoundary':
    case 'session':
      return callerAccount === null ? null : findGapWithin(snapshot.gaps, IAM_SOURCES, { accountId: callerAccount });
    case 'scp':
      return findOrganizationGap(snapshot.gaps, callerAccount);
    case 'rcp':
      return findOrganizationGap(snapshot.gaps, target.accountId);
    case 'resource': {
      const place = { accountId: target.accountId, ...(target.region === null ? {} : { region: target.region }) };
      return what.startsWith('registry policy')
        ? findGapWithin(snapshot.gaps, REGISTRY_SOURCES, place)
        : findGap(snapshot.gaps, POLICY_SOURCES, { ...place, resource: target.resource });
    }
  }
}
