import type { CallerSide } from '@ecr-audit/policy';
import type { PolicyType } from '../answer.ts';
import type { IamSnapshot } from '../snapshot/model.ts';
import { type EcrPolicySet, type CallerInput, type EcrPolicySource, sourceOf } from './gates-input.ts';
import type { LimitCode } from './limits.ts';
import { policiesOf } from './unread-side.ts';

/** What the caller's own identity policies bring; gaps are added to `limits`. */
export function callerSide(input: CallerInput, limits: LimitCode[]): CallerSide<PolicyType> {
  const { caller } = input;
  switch (caller.side) {
    case 'nothing':
      return { kind: 'nothing' };
    case 'everything':
      limits.push('rootUser');
      return { kind: 'everything' };
    case 'unknown': {
      const isOurs = input.snapshot.accounts.has(caller.request.accountId ?? '');
      limits.push(isOurs ? 'identityUnread' : 'outsidePrincipal');
      return { kind: 'policies', policies: { sources: [], unread: [policiesOf(caller.ref)] } };
    }
    case 'policies':
      return { kind: 'policies', policies: identityPolicies(input, limits) };
  }
}

/** Inline and attached policies of the principal, and those of its groups. */
function identityPolicies(input: CallerInput, limits: LimitCode[]): EcrPolicySet {
  const principal = input.caller.iam;
  const iam = iamOf(input);
  if (principal === null || iam === null) {
    return { sources: [], unread: [policiesOf(input.caller.ref)] };
  }
  const unread: string[] = [];
  const attached = (arns: readonly string[], via: string): EcrPolicySource[] =>
    arns.flatMap((arn) => {
      const named = iam.managedPolicies.get(arn);
      if (named === undefined) {
        unread.push(arn);
        limits.push('policyUnread');
        return [];
      }
      return [sourceOf('identity', via, named)];
    });
  const own = [
    ...principal.inlinePolicies.map((named) => sourceOf('identity', 'inline', named)),
    ...attached(principal.attachedPolicyArns, 'attached'),
  ];
  const fromGroups = principal.groups.flatMap((name) => {
    const group = iam.groups.get(name);
    if (group === undefined) {
      unread.push(`group ${name}`);
      limits.push('policyUnread');
      return [];
    }
    return [
      ...group.inlinePolicies.map((named) => sourceOf('identity', `group ${group.arn}`, named)),
      ...attached(group.attachedPolicyArns, `group ${group.arn}`),
    ];
  });
  return { sources: [...own, ...fromGroups], unread };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
export function boundaryOf(input: CallerInput, limits: LimitCode[]): EcrPolicySet | null {
  const arn = input.caller.iam?.permissionsBoundaryArn ?? null;
  if (arn === null) {
    return null;
  }
  const named = iamOf(input)?.managedPolicies.get(arn);
  if (named === undefined) {
    limits.push('policyUnread');
    return { sources: [], unread: [arn] };
  }
  return { sources: [sourceOf('permissionsBoundary', 'boundary', named)], unread: [] };
}

function iamOf(input: CallerInput): IamSnapshot | null {
  return input.snapshot.accounts.get(input.caller.request.accountId ?? '')?.iam ?? null;
}
