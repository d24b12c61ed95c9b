import { type Contribution, parseArn } from '@ecr-audit/policy';
import type { PolicyType } from '../answer.ts';
import type { ActionQuestion } from '../evaluate/evaluate-action.ts';
import type { Attachment, ExplainedPolicy, PolicyOwner } from './explanation.ts';

type Source = Contribution<PolicyType>['source'];

const INLINE = '#inline:';

/** A policy with its owner and the way it is attached, as fields. */
export function explainPolicy(source: Source, question: ActionQuestion): ExplainedPolicy {
  const { policy, policyType } = source;
  return { policy, policyType, owner: ownerOf(source, question), attachment: attachmentOf(source, question) };
}

function attachmentOf({ policy, policyType, via }: Source, { target }: ActionQuestion): Attachment {
  switch (policyType) {
    case 'identity': {
      const group = groupOf(via);
      if (group !== null) {
        return { kind: 'group', group, isInline: policy.startsWith(`${group}${INLINE}`) };
      }
      return { kind: via === 'inline' ? 'inline' : 'direct' };
    }
    case 'permissionsBoundary':
      return { kind: 'boundary' };
    case 'session':
      return { kind: 'session' };
    case 'scp':
    case 'rcp':
      return { kind: policyType, ...levelOf(via) };
    case 'repository':
      return { kind: 'repository', repository: target.resource };
    case 'registry':
      return { kind: 'registry', accountId: target.accountId, region: target.region };
    case 'default':
      return { kind: 'direct' };
  }
}

function ownerOf({ policy, policyType, via }: Source, { snapshot, target, caller }: ActionQuestion): PolicyOwner {
  switch (policyType) {
    case 'identity':
    case 'permissionsBoundary': {
      const inline = policy.indexOf(INLINE);
      if (inline >= 0) {
        return { kind: groupOf(via) === null ? 'principal' : 'group', id: policy.slice(0, inline) };
      }
      // The ARNs of AWS's own managed policies have `aws` in the place of the account.
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
      const accountId = parseArn(policy)?.accountId;
      return accountId === 'aws'
        ? { kind: 'aws', id: null }
        : { kind: 'account', id: accountId ?? caller.request.accountId };
    }
    case 'session':
      return { kind: 'asker', id: null };
    case 'scp':
    case 'rcp':
      return { kind: 'organization', id: snapshot.organization?.id ?? null };
    case 'repository':
    case 'registry':
      return { kind: 'account', id: target.accountId };
    case 'default':
      return { kind: 'aws', id: null };
  }
}

function groupOf(via: string): string | null {
  const prefix = 'group ';
  return via.startsWith(prefix) ? via.slice(prefix.length) : null;
}

/**
 * Reads `ou Workloads (ou-1)`, or `ou ou-1` where the level has no other name. The id is taken from the end: the name
 * is anybody's text and may look like an id itself.
 */
function levelOf(via: string): {
  readonly level: 'root' | 'ou' | 'account';
  readonly id: string;
  readonly name: string;
} {
  const space = via.indexOf(' ');
  const word = via.slice(0, space);
  const rest = via.slice(space + 1);
  const open = rest.endsWith(')') ? rest.lastIndexOf(' (') : -1;
  return {
    level: word === 'root' || word === 'ou' ? word : 'account',
    id: open < 0 ? rest : rest.slice(open + 2, -1),
    name: open < 0 ? rest : rest.slice(0, open),
  };
}
