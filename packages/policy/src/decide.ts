import { FALSE, type Formula, restsOnGap, TRUE } from './formula.ts';
import { all, any, not } from './simplify.ts';
import type { Gates, PolicySet, PolicySource } from './gates.ts';
import type { PrincipalForm } from './match-principal.ts';
import { type Doubt, matchDocument, mightAllow, type PolicyRequest, type StatementMatch } from './match-statement.ts';
import { settle } from './settle.ts';

export type Decision = 'allowed' | 'explicitDeny' | 'implicitDeny' | 'conditional' | 'unknown';

export type GateName = 'identity' | 'permissionsBoundary' | 'session' | 'scp' | 'rcp' | 'resource';

/** A statement with the policy that it stands in. */
export interface Contribution<Type extends string> {
  readonly source: PolicySource<Type>;
  readonly match: StatementMatch;
}

/** What one gate says of a request. `allow` is true for gates that only deny. */
export interface GateVerdict<Type extends string> {
  readonly gate: GateName;
  readonly label: string;
  readonly allow: Formula;
  readonly deny: Formula;
  readonly contributions: readonly Contribution<Type>[];
}

/** A decision with everything that led to it. `formula` is the condition under which the request is allowed. */
export interface Verdict<Type extends string> {
  readonly decision: Decision;
  readonly formula: Formula;
  readonly gates: readonly GateVerdict<Type>[];
  /** The statements that decided; none where the request is denied because nothing allows it. */
  readonly deciding: readonly Contribution<Type>[];
  readonly doubts: readonly Doubt[];
}

/**
 * Decides one request, one gate after another.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide<Type extends string>(gates: Gates<Type>, request: PolicyRequest): Verdict<Type> {
  const identity = identityGate(gates, request);
  const boundary = optionalGate('permissionsBoundary', gates.permissionsBoundary, request);
  const session = optionalGate('session', gates.sessionPolicies, request);
  const scps = (gates.scpLevels ?? []).map((level) => gateOf('scp', level.label, level.policies, request));
  const rcp = gates.rcps === null ? null : denyOnly(gateOf('rcp', 'organization', gates.rcps, request));
  const resource = resourceGate(gates, request);

  const verdicts = [identity, boundary, session, ...scps, rcp, resource].filter((gate) => gate !== null);
  const deny = any(verdicts.map((gate) => gate.deny));
  const grant = grantOf(gates, { identity, boundary, session, resource });
  const granted = all([grant.formula, ...scps.map((gate) => gate.allow)]);
  const formula = settle(all([granted, not(deny)]));
  const decision = decisionOf(formula, { granted, deny });
  const deciding = decidingStatements(decision, effectiveOnly(verdicts, gates, grant));
  return { decision, formula, gates: verdicts, deciding, doubts: doubtsOf(decision, deciding, verdicts) };
}

/**
 * Whether it is certain that nothing allows the request, whatever its conditions: then it is denied, explicitly or not.
 *
 * Cheap: it looks at actions alone. False says nothing.
 */
export function isHopeless<Type extends string>(gates: Gates<Type>, action: string): boolean {
  const resource = gates.resourceMayAllow && mightBeAllowed(gates.resourcePolicies, action);
  switch (gates.caller.kind) {
    case 'everything':
      return !gates.isSameAccount && !resource;
    case 'nothing':
      return !resource;
    case 'policies': {
      const identity = mightBeAllowed(gates.caller.policies, action);
      return gates.isSameAccount ? !identity && !resource : !identity || !resource;
    }
  }
}

function mightBeAllowed<Type extends string>(policies: PolicySet<Type>, action: string): boolean {
  return (
    policies.unread.length > 0 ||
    policies.sources.some(({ document }) => document.kind === 'unreadable' || mightAllow(document.value, action))
  );
}

interface CallerAndResource<Type extends string> {
  readonly identity: GateVerdict<Type> | null;
  readonly boundary: GateVerdict<Type> | null;
  readonly session: GateVerdict<Type> | null;
  readonly resource: GateVerdict<Type>;
}

interface Grant {
  readonly formula: Formula;
  /** The part that goes through the caller's own side: false where boundary or session policy leave nothing of it. */
  readonly viaCaller: Formula;
}

/**
 * What the caller's side and the resource's side allow together, organization policies and denies aside.
 *
 * In one account either side is enough. A resource policy that names the user, the session or everyone grants by
 * itself; one that names the role still needs boundary and session policy; one that names the account delegates only.
 * Across accounts both sides must allow, and any form of naming will do.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
function grantOf<Type extends string>(gates: Gates<Type>, sides: CallerAndResource<Type>): Grant {
  const { identity, boundary, session, resource } = sides;
  const limits = [boundary?.allow ?? TRUE, session?.allow ?? TRUE];
  // An AWS service has no identity side: the resource policy alone grants.
  if (gates.caller.kind === 'nothing' || identity === null) {
    return { formula: resource.allow, viaCaller: FALSE };
  }
  if (!gates.isSameAccount) {
    const formula = all([identity.allow, ...limits, resource.allow]);
    return { formula, viaCaller: formula };
  }
  const direct = allowedBy(gates, resource, ['direct']);
  const role = allowedBy(gates, resource, ['role']);
  const viaCaller = all([...limits, any([identity.allow, role])]);
  return { formula: any([direct, viaCaller]), viaCaller };
}

/** What the resource's policies allow to a caller that they name in one of the forms. */
function allowedBy<Type extends string>(
  gates: Gates<Type>,
  resource: GateVerdict<Type>,
  forms: readonly PrincipalForm[],
): Formula {
  if (!gates.resourceMayAllow) {
    return FALSE;
  }
  const named = resource.contributions.filter(
    ({ match }) => match.effect === 'Allow' && match.form !== null && forms.includes(match.form),
  );
  const unread = forms.includes('direct') ? unreadAtoms(gates.resourcePolicies, 'Allow') : [];
  return any([...named.map(({ match }) => match.formula), ...unread]);
}

function identityGate<Type extends string>(gates: Gates<Type>, request: PolicyRequest): GateVerdict<Type> | null {
  switch (gates.caller.kind) {
    case 'nothing':
      return null;
    // The account's root user needs no policy of its own.
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html
    case 'everything':
      return { gate: 'identity', label: 'root user', allow: TRUE, deny: FALSE, contributions: [] };
    case 'policies':
      return gateOf('identity', 'identity policies', gates.caller.policies, request);
  }
}

function optionalGate<Type extends string>(
  gate: GateName,
  policies: PolicySet<Type> | null,
  request: PolicyRequest,
): GateVerdict<Type> | null {
  return policies === null
    ? null
    : gateOf(gate, gate === 'session' ? 'session policy' : 'permissions boundary', policies, request);
}

function resourceGate<Type extends string>(gates: Gates<Type>, request: PolicyRequest): GateVerdict<Type> {
  const gate = gateOf('resource', 'resource policies', gates.resourcePolicies, request);
  return gates.resourceMayAllow ? gate : { ...denyOnly(gate), allow: FALSE };
}

/** RCPs only deny: RCPFullAWSAccess is always attached and cannot be taken away. */
function denyOnly<Type extends string>(gate: GateVerdict<Type>): GateVerdict<Type> {
  return { ...gate, allow: TRUE, contributions: gate.contributions.filter(({ match }) => match.effect === 'Deny') };
}

function gateOf<Type extends string>(
  gate: GateName,
  label: string,
  policies: PolicySet<Type>,
  request: PolicyRequest,
): GateVerdict<Type> {
  const contributions = policies.sources.flatMap((source) =>
    source.document.kind === 'unreadable'
      ? []
      : matchDocument(source.document.value, source.policy, request).map((match) => ({ source, match })),
  );
  const formulasOf = (effect: 'Allow' | 'Deny'): Formula[] => [
    ...contributions.filter(({ match }) => match.effect === effect).map(({ match }) => match.formula),
    ...unreadAtoms(policies, effect),
  ];
  return { gate, label, allow: any(formulasOf('Allow')), deny: any(formulasOf('Deny')), contributions };
}

/** What was not read may allow and may deny, each for itself. */
function unreadAtoms<Type extends string>(policies: PolicySet<Type>, effect: 'Allow' | 'Deny'): Formula[] {
  const names = [
    ...policies.unread,
    ...policies.sources.flatMap((source) =>
      source.document.kind === 'unreadable' ? [`${source.policy} ${source.document.problem.place}`] : [],
    ),
  ];
  return names.map((name) => ({ kind: 'unreadable', place: `${name} (${effect} statements)`, isGap: true }));
}

interface Parts {
  readonly granted: Formula;
  readonly deny: Formula;
}

function decisionOf(formula: Formula, parts: Parts): Decision {
  if (parts.deny.kind === 'true') {
    return 'explicitDeny';
  }
  if (formula.kind === 'true') {
    return 'allowed';
  }
  if (formula.kind === 'false') {
    return settle(parts.granted).kind === 'false' ? 'implicitDeny' : 'explicitDeny';
  }
  return restsOnGap(formula) ? 'unknown' : 'conditional';
}

/**
 * The gates without the Allow statements that come to nothing: in one account those that only name the account, and
 * those of the caller's side where its boundary or session policy lets none of it through.
 */
function effectiveOnly<Type extends string>(
  verdicts: readonly GateVerdict<Type>[],
  gates: Gates<Type>,
  { viaCaller }: Grant,
): GateVerdict<Type>[] {
  if (!gates.isSameAccount || gates.caller.kind !== 'policies') {
    return [...verdicts];
  }
  const isEffective = (gate: GateName, { effect, form }: StatementMatch): boolean => {
    if (effect === 'Deny' || gate === 'scp' || form === 'direct') {
      return true;
    }
    return form !== 'account' && viaCaller.kind !== 'false';
  };
  return verdicts.map((verdict) => ({
    ...verdict,
    contributions: verdict.contributions.filter(({ match }) => isEffective(verdict.gate, match)),
  }));
}

function decidingStatements<Type extends string>(
  decision: Decision,
  gates: readonly GateVerdict<Type>[],
): Contribution<Type>[] {
  const everything = gates.flatMap((gate) => gate.contributions);
  const denies = everything.filter(({ match }) => match.effect === 'Deny');
  switch (decision) {
    case 'explicitDeny':
      return certainOrAll(denies);
    case 'implicitDeny':
      return [];
    case 'allowed':
      return gates.flatMap((gate) => certainOrAll(gate.contributions.filter(({ match }) => match.effect === 'Allow')));
    case 'conditional':
    case 'unknown':
      return everything;
  }
}

/** Statements that hold without condition decide alone; only where there are none do the conditional ones together. */
function certainOrAll<Type extends string>(contributions: readonly Contribution<Type>[]): Contribution<Type>[] {
  const certain = contributions.filter(({ match }) => match.formula.kind === 'true');
  return certain.length > 0 ? certain : [...contributions];
}

/** Doubts of the statements that decided; of every statement where none did. */
function doubtsOf<Type extends string>(
  decision: Decision,
  deciding: readonly Contribution<Type>[],
  gates: readonly GateVerdict<Type>[],
): Doubt[] {
  const relevant = decision === 'implicitDeny' ? gates.flatMap((gate) => gate.contributions) : deciding;
  return [...new Set(relevant.flatMap(({ match }) => match.doubts))].toSorted();
}
