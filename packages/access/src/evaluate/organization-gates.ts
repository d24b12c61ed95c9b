import type { OrganizationLevel } from '@ecr-audit/policy';
import type { PolicyType } from '../answer.ts';
import { findOrganizationGap } from '../snapshot/gaps.ts';
import type { OrganizationLevelSnapshot, Snapshot } from '../snapshot/model.ts';
import { type CallerInput, type EcrPolicySet, type GatesInput, isCallersOwn, sourceOf } from './gates-input.ts';
import type { LimitCode } from './limits.ts';

/**
 * The levels above the caller's account. Services, service-linked roles and the management account have none.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#not-restricted-by-scp
 */
export function scpLevels(input: CallerInput, limits: LimitCode[]): readonly OrganizationLevel<PolicyType>[] | null {
  const accountId = input.caller.request.accountId;
  if (input.caller.side === 'nothing' || input.caller.isServiceLinkedRole) {
    return null;
  }
  const levels = levelsAbove(input.snapshot, accountId, limits);
  switch (levels.kind) {
    case 'none':
      return null;
    case 'unread':
      // Where nothing of the caller's side is known, one gap says so.
      if (input.caller.side === 'unknown') {
        return null;
      }
      return [
        {
          label: 'organization',
          policies: { sources: [], unread: [`SCPs of account ${accountId ?? 'of the caller'}`] },
        },
      ];
    case 'levels':
      if (input.snapshot.organization?.scpsEnabled !== true) {
        return null;
      }
      if (levels.levels.some((level) => level.scps.length === 0)) {
        limits.push('levelWithoutScp');
      }
      return levels.levels.map((level) => ({
        label: labelOf(level),
        policies: { sources: level.scps.map((named) => sourceOf('scp', labelOf(level), named)), unread: [] },
      }));
  }
}

/**
 * The RCPs above the account of the resource; for an action without one, above the caller's account.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export function rcpsAbove(
  input: Pick<GatesInput, 'snapshot' | 'caller' | 'target'>,
  limits: LimitCode[],
): EcrPolicySet | null {
  if (input.caller.isServiceLinkedRole) {
    return null;
  }
  const levels = levelsAbove(input.snapshot, input.target.accountId, limits);
  switch (levels.kind) {
    case 'none':
      return null;
    case 'unread':
      return input.caller.side === 'unknown' && isCallersOwn(input)
        ? null
        : { sources: [], unread: [`RCPs of account ${input.target.accountId}`] };
    case 'levels': {
      if (input.snapshot.organization?.rcpsEnabled !== true) {
        return null;
      }
      const sources = levels.levels.flatMap((level) =>
        level.rcps.map((named) => sourceOf('rcp', labelOf(level), named)),
      );
      return { sources, unread: [] };
    }
  }
}

type Levels =
  | { readonly kind: 'none' }
  | { readonly kind: 'unread' }
  | { readonly kind: 'levels'; readonly levels: readonly OrganizationLevelSnapshot[] };

function levelsAbove(snapshot: Snapshot, accountId: string | null, limits: LimitCode[]): Levels {
  const { organization } = snapshot;
  const isUnread = findOrganizationGap(snapshot.gaps, accountId) !== null;
  if (organization === null && !isUnread) {
    // Whoever scans one account alone sees no organization; every answer says so.
    limits.push('organizationNotCollected');
    return { kind: 'none' };
  }
  const account = accountId === null ? undefined : organization?.accounts.get(accountId);
  if (account !== undefined && account.id === organization?.managementAccountId) {
    return { kind: 'none' };
  }
  if (isUnread || account === undefined || account.levels === null) {
    limits.push('organizationUnread');
    return { kind: 'unread' };
  }
  return { kind: 'levels', levels: account.levels };
}

function labelOf(level: OrganizationLevelSnapshot): string {
  return `${level.kind} ${level.name === level.id ? level.id : `${level.name} (${level.id})`}`;
}
