import { listMember, member, textMember } from '../activity/read-fields.ts';
import type { ConfigurationDifference } from '../drift/configuration-difference.ts';
import {
  answered,
  asks,
  leadsIf,
  ORGANIZATIONS,
  requested,
  sameContent,
  type EventRule,
  type Verdict,
  type WantedFact,
} from './event-rule.ts';
import type { KnownState } from './known-state.ts';
import type { SeenChange } from './seen-change.ts';
import { restOf, subjectOf } from './subjects-of.ts';

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html */

/** AWS attaches it by itself to whatever is new. */
const FULL_ACCESS: ReadonlySet<string> = new Set(['p-FullAWSAccess', 'p-RCPFullAWSAccess']);

/** The events that make what is different in an organization. */
export function organizationFacts(difference: ConfigurationDifference, state: KnownState): WantedFact[] {
  switch (difference.kind) {
    case 'scp':
    case 'rcp':
      return policy(difference, state);
    case 'organizationAttachment':
      return attachment(difference, state);
    case 'accountMoved':
      return moved(difference);
    case 'account':
      return account(difference);
    default:
      return [];
  }
}

function policy(difference: ConfigurationDifference, state: KnownState): WantedFact[] {
  const subject = subjectOf(difference, 'organizationPolicy');
  if (subject === null) {
    return [];
  }
  const isRemoved = difference.change === 'removed';
  const after = isRemoved ? null : state.contentAfter(difference);
  const kind = difference.kind === 'rcp' ? 'resource' : 'identity';
  return one(
    // An update of the name or description alone asks for no content.
    rule(subject, ['CreatePolicy', 'UpdatePolicy'], (change): Verdict => {
      const content = member(change.request, 'content');
      return content === undefined || content === null
        ? null
        : isRemoved
          ? 'elsewhere'
          : sameContent(state.contentAsked(content, kind), after);
    }),
    rule(subject, ['DeletePolicy'], () => leadsIf(isRemoved)),
  );
}

function attachment(difference: ConfigurationDifference, state: KnownState): WantedFact[] {
  const [found, target] = [subjectOf(difference, 'organizationPolicy'), subjectOf(difference, 'target')];
  if (target === null) {
    return [];
  }
  if (found === null) {
    return policyType(difference, restOf(target));
  }
  const isAdded = difference.change !== 'removed';
  const judge =
    (leads: boolean): EventRule['judge'] =>
    (change) =>
      asks(change, 'policyId', restOf(found)) ? leadsIf(leads) : null;
  const isOther = (change: SeenChange): boolean =>
    state.isOfOtherType(difference.policy, requested(change, 'policyType'));
  return one(
    rule(target, ['AttachPolicy'], judge(isAdded)),
    rule(target, ['DetachPolicy'], judge(!isAdded)),
    rule(target, ['CreateAccountResult', 'CreateOrganizationalUnit'], () =>
      FULL_ACCESS.has(restOf(found)) ? leadsIf(isAdded) : null,
    ),
    rule(target, ['DeleteOrganizationalUnit'], () => leadsIf(!isAdded)),
    // A type that is disabled loses all its attachments; enabled, it begins with the one of AWS on everything.
    // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_enable-disable.html
    rule(null, ['DisablePolicyType'], (change) => (isAdded || isOther(change) ? null : 'open')),
    rule(null, ['EnablePolicyType'], (change) =>
      isAdded && FULL_ACCESS.has(restOf(found)) && !isOther(change) ? 'open' : null,
    ),
  );
}

/** A type of policies of a root, told as `SERVICE_CONTROL_POLICY ENABLED`. */
function policyType({ before, after }: ConfigurationDifference, rootId: string): WantedFact[] {
  const [type = '', status] = (after ?? before ?? '').split(' ');
  const isEnabled = after !== null && status !== 'PENDING_DISABLE';
  const judge =
    (leads: boolean): EventRule['judge'] =>
    (change) =>
      asks(change, 'rootId', rootId) && asks(change, 'policyType', type) ? leadsIf(leads) : null;
  return one(rule(null, ['EnablePolicyType'], judge(isEnabled)), rule(null, ['DisablePolicyType'], judge(!isEnabled)));
}

function moved(difference: ConfigurationDifference): WantedFact[] {
  const subject = subjectOf(difference, 'target');
  const { after } = difference;
  if (subject === null) {
    return [];
  }
  const move = rule(subject, ['MoveAccount'], (change) => {
    const parent = requested(change, 'destinationParentId');
    return !asks(change, 'accountId', restOf(subject))
      ? null
      : parent === null || after === null
        ? 'open'
        : leadsIf(after === parent);
  });
  // It begins somewhere, and what ends its membership ends its place.
  const others = difference.change === 'changed' ? [] : membership(difference, subject);
  return [{ label: null, rules: [move, ...others], requestOf: accountRequest }];
}

function account(difference: ConfigurationDifference): WantedFact[] {
  const subject = subjectOf(difference, 'target');
  return subject === null ? [] : [{ label: null, rules: membership(difference, subject), requestOf: accountRequest }];
}

/** AWS makes an account after the call is over, and tells the result in an event without a caller, under the same id. */
function accountRequest(made: SeenChange, named: (eventName: string) => readonly SeenChange[]): SeenChange | null {
  const id = made.eventName === 'CreateAccountResult' ? statusOf(made.request) : null;
  const calls = id === null ? [] : ['CreateAccount', 'CreateGovCloudAccount'].flatMap(named);
  return (
    calls
      .filter(({ eventSource, response }) => eventSource === ORGANIZATIONS && statusOf(response) === id)
      .filter(({ timeMs }) => timeMs <= made.timeMs)
      .toSorted((a, b) => a.timeMs - b.timeMs)
      .at(-1) ?? null
  );
}

function membership(difference: ConfigurationDifference, subject: string): EventRule[] {
  const isAdded = difference.change !== 'removed';
  const id = restOf(subject);
  return [
    rule(subject, ['CreateAccount', 'CreateAccountResult', 'CreateGovCloudAccount'], () => leadsIf(isAdded)),
    rule(null, ['AcceptHandshake'], (change) => (isPartyOf(change, id) ? leadsIf(isAdded) : null)),
    rule(subject, ['RemoveAccountFromOrganization', 'CloseAccount'], () => leadsIf(!isAdded)),
    // It names no account: it is the one that calls.
    rule(null, ['LeaveOrganization'], (change) =>
      [change.accountId, change.actor.accountId].includes(id) ? leadsIf(!isAdded) : null,
    ),
  ];
}

function statusOf(side: unknown): string | null {
  return textMember(member(side, 'createAccountStatus'), 'id');
}

/** A handshake is between an account and an organization; the account that accepts is its party, and its caller. */
function isPartyOf(change: SeenChange, accountId: string): boolean {
  // Two parties: the account and the organization.
  const parties = listMember(answered(change, 'handshake'), 'parties', 8);
  return parties.length === 0
    ? change.actor.accountId === accountId
    : parties.some((party) => textMember(party, 'id') === accountId);
}

function rule(subject: string | null, names: readonly string[], judge: EventRule['judge']): EventRule {
  return { source: ORGANIZATIONS, names, subject, judge };
}

function one(...rules: readonly EventRule[]): WantedFact[] {
  return [{ label: null, rules }];
}
