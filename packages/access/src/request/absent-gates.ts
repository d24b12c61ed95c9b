import type { ActionQuestion } from '../evaluate/evaluate-action.ts';
import type { EcrGates } from '../evaluate/gates-for.ts';
import type { AbsentGate } from './explanation.ts';

/** The gates that have no say in a request, each with its reason: an absent gate never looks like one that allows. */
export function absentGates(question: ActionQuestion, gates: EcrGates): AbsentGate[] {
  const { caller } = question;
  const isOurs = caller.iam !== null;
  return [
    ...absent('identity', gates.caller.kind === 'nothing', 'an AWS service has none'),
    ...absent('permissionsBoundary', isOurs && gates.permissionsBoundary === null, 'none is set'),
    ...absent('session', caller.request.kind === 'role' && gates.sessionPolicies === null, 'none was given'),
    ...absent('scp', gates.scpLevels === null, withoutScps(question)),
    ...absent('rcp', gates.rcps === null, withoutRcps(question)),
    ...absent('resource', !gates.resourceMayAllow, 'only identity policies can allow this action'),
  ];
}

function absent(gate: AbsentGate['gate'], isAbsent: boolean, reason: string): AbsentGate[] {
  return isAbsent ? [{ gate, reason }] : [];
}

const NOT_COLLECTED = 'the organization was not collected';

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#not-restricted-by-scp */
function withoutScps({ snapshot: { organization }, caller }: ActionQuestion): string {
  if (caller.side === 'nothing') {
    return 'they do not bind AWS services';
  }
  if (caller.isServiceLinkedRole) {
    return 'they do not bind service-linked roles';
  }
  if (organization === null) {
    return NOT_COLLECTED;
  }
  if (caller.request.accountId === organization.managementAccountId) {
    return 'they do not bind the management account';
  }
  return organization.scpsEnabled ? "those above the caller's account are not ours to read" : NOT_ENABLED;
}

const NOT_ENABLED = 'the organization has none in force';

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html */
function withoutRcps({ snapshot: { organization }, caller, target }: ActionQuestion): string {
  if (caller.isServiceLinkedRole) {
    return 'they do not bind service-linked roles';
  }
  if (organization === null) {
    return NOT_COLLECTED;
  }
  if (target.accountId === organization.managementAccountId) {
    return 'they do not bind what belongs to the management account';
  }
  return organization.rcpsEnabled ? "those above the registry's account are not ours to read" : NOT_ENABLED;
}
