import type { ExplainedAction, ExplainedGate, Explanation } from '../explanation.ts';
import { callerNoun, GATE_NAMES, levelOf } from './gate-words.ts';

/** What would have to change for a denied action to be allowed; nothing for any other. */
export function remedy(action: ExplainedAction, explanation: Explanation): string[] {
  const needed = neededAllows(action, explanation);
  if (action.decision === 'implicitDeny') {
    return needed.length === 0
      ? ['The conditions under which these allow it exclude each other.']
      : [`To allow it: ${needed.join(', and ')}.`];
  }
  if (action.decision !== 'explicitDeny') {
    return [];
  }
  const denies = action.gates.flatMap(({ decides, statements }) =>
    decides ? statements.filter((statement) => statement.decides && statement.effect === 'Deny') : [],
  );
  const that = denies.length === 1 ? 'that Deny' : 'those Deny statements';
  const also = needed.length === 0 ? '' : ` It also needs ${needed.join(', and ')}.`;
  const notPrincipal =
    denies.some(({ isNotPrincipal }) => isNotPrincipal) && hasBoundary(action)
      ? [
          // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
          `Listing ${callerNoun(explanation)} under NotPrincipal is not enough: with a permissions boundary it is denied all the same.`,
        ]
      : [];
  return [`To allow it: ${that} must no longer apply; no Allow outweighs a Deny.${also}`, ...notPrincipal];
}

function hasBoundary({ gates }: ExplainedAction): boolean {
  return gates.some(({ gate }) => gate === 'permissionsBoundary');
}

/**
 * A resource policy that names a user or a session itself is limited by neither boundary nor session policy; one that
 * names the role is.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
function neededAllows(action: ExplainedAction, explanation: Explanation): string[] {
  const lacking = action.gates.filter(({ lacksAllow }) => lacksAllow);
  const caller = callerNoun(explanation);
  const place = action.resource === '*' ? 'registry policy' : 'repository policy';
  const inResource = `an Allow for ${caller} by name in the ${place}`;
  const own = lacking.flatMap((gate) => ownAllow(gate, caller));
  const levels = lacking.flatMap((gate) => (gate.gate === 'scp' ? [`an Allow in an SCP at ${levelOf(gate)}`] : []));
  const lacksResource = lacking.some(({ gate }) => gate === 'resource');
  if (!action.isSameAccount) {
    return [...own, ...(lacksResource ? [`an Allow for ${caller} in the ${place}`] : []), ...levels];
  }
  if (own.length === 0) {
    return [...(lacksResource ? [inResource] : []), ...levels];
  }
  const [identity, ...limits] = own;
  if (explanation.principalKind === 'role' && lacksResource && identity !== undefined) {
    return [`${identity} or ${inResource}`, ...limits, ...levels];
  }
  const mayResource = explanation.principalKind !== 'role' && !isIdentityOnly(action);
  return [`${own.join(' and ')}${mayResource ? `, or ${inResource}` : ''}`, ...levels];
}

function ownAllow({ gate }: ExplainedGate, caller: string): string[] {
  switch (gate) {
    case 'identity':
      return [`an Allow in an identity policy of ${caller}`];
    case 'permissionsBoundary':
    case 'session':
      return [`an Allow in the ${GATE_NAMES[gate]}`];
    case 'scp':
    case 'rcp':
    case 'resource':
      return [];
  }
}

function isIdentityOnly({ absentGates }: ExplainedAction): boolean {
  return absentGates.some(({ gate }) => gate === 'resource');
}
