import { all, any, type Formula, type GateVerdict, type Verdict } from '@ecr-audit/policy';
import type { PolicyType } from '../answer.ts';
import type { EcrGates } from '../evaluate/gates-for.ts';

type Gate = GateVerdict<PolicyType>;

/**
 * The gates that a decision rests on: those that deny; where nothing allows, those whose Allow is missing; where
 * something is left open, those that leave it open; and where it is allowed, those that grant.
 */
export function decidingGates(verdict: Verdict<PolicyType>, gates: EcrGates): ReadonlySet<Gate> {
  switch (verdict.decision) {
    case 'explicitDeny':
      return new Set(
        firstFound(
          verdict.gates.filter(({ deny }) => deny.kind === 'true'),
          verdict.gates.filter(({ deny }) => deny.kind !== 'false'),
        ),
      );
    case 'implicitDeny':
      return new Set(
        firstFound(
          missingGates(verdict, gates),
          verdict.gates.filter(({ allow }) => isOpen(allow)),
        ),
      );
    case 'allowed': {
      const deciding = new Set(verdict.deciding);
      const isGrant = (gate: Gate): boolean =>
        isRootUser(gate) || gate.contributions.some((contribution) => deciding.has(contribution));
      return new Set(
        verdict.gates.filter((gate) => (gate.gate === 'identity' || gate.gate === 'resource') && isGrant(gate)),
      );
    }
    case 'conditional':
    case 'unknown': {
      const open = verdict.gates.filter(
        (gate) => isOpen(gate.deny) || (isOpen(gate.allow) && allowMatters(gate, verdict, gates)),
      );
      const left = new Set(subjectsOf(verdict.formula));
      return new Set(
        firstFound(
          open.filter(({ allow, deny }) => [...subjectsOf(allow), ...subjectsOf(deny)].some((each) => left.has(each))),
          open,
        ),
      );
    }
  }
}

/** The gates whose Allow is missing, each of which alone would be enough to deny; none where no single one is missing. */
export function missingGates(verdict: Verdict<PolicyType>, gates: EcrGates): readonly Gate[] {
  const gateOf = (name: Gate['gate']): Gate | undefined => verdict.gates.find(({ gate }) => gate === name);
  const without = (gate: Gate | undefined): Gate[] => (gate?.allow.kind === 'false' ? [gate] : []);
  const levels = verdict.gates.filter(({ gate, allow }) => gate === 'scp' && allow.kind === 'false');
  const limits = [...without(gateOf('permissionsBoundary')), ...without(gateOf('session'))];
  const identity = gateOf('identity');
  const resource = gateOf('resource');
  if (identity === undefined) {
    return [...without(resource), ...levels];
  }
  if (!gates.isSameAccount) {
    return [...without(identity), ...without(resource), ...limits, ...levels];
  }
  const named = gates.resourceMayAllow ? (resource?.contributions ?? []) : [];
  const formsOfAllow = new Set(named.flatMap(({ match }) => (match.effect === 'Allow' ? [match.form] : [])));
  const { unread, sources } = gates.resourcePolicies;
  const isUnread = unread.length > 0 || sources.some(({ document }) => document.kind === 'unreadable');
  if (formsOfAllow.has('direct') || (gates.resourceMayAllow && isUnread)) {
    return levels;
  }
  const isOffered = identity.allow.kind !== 'false' || formsOfAllow.has('role');
  const sides = isOffered ? [] : [identity, ...(gates.resourceMayAllow && resource !== undefined ? [resource] : [])];
  return [...sides, ...limits, ...levels];
}

/** In one account what one side allows under a condition leaves nothing open where the other side allows it anyway. */
function allowMatters(gate: Gate, verdict: Verdict<PolicyType>, gates: EcrGates): boolean {
  const other = gate.gate === 'identity' ? 'resource' : gate.gate === 'resource' ? 'identity' : null;
  if (other === null || !gates.isSameAccount || gates.caller.kind !== 'policies') {
    return true;
  }
  const allowOf = (name: Gate['gate']): Formula => verdict.gates.find((each) => each.gate === name)?.allow ?? all([]);
  const limits = [allowOf('permissionsBoundary'), allowOf('session')];
  const [direct, role] = (['direct', 'role'] as const).map((form) => resourceAllow(form, verdict, gates));
  const sides = {
    identity: all([...limits, allowOf('identity')]),
    resource: any([direct ?? any([]), all([...limits, role ?? any([])])]),
  };
  return !isSame(any([sides.identity, sides.resource]), sides[other]);
}

function resourceAllow(form: 'direct' | 'role', verdict: Verdict<PolicyType>, gates: EcrGates): Formula {
  const resource = verdict.gates.find(({ gate }) => gate === 'resource');
  const named = (resource?.contributions ?? []).filter(({ match }) => match.effect === 'Allow' && match.form === form);
  return gates.resourceMayAllow ? any(named.map(({ match }) => match.formula)) : any([]);
}

/** Formulas are canonical: those that say the same are made of the same parts in the same order. */
function isSame(a: Formula, b: Formula): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The account's root user is allowed without a policy. */
function isRootUser({ gate, label }: Pick<Gate, 'gate' | 'label'>): boolean {
  return gate === 'identity' && label === 'root user';
}

function firstFound(found: readonly Gate[], otherwise: readonly Gate[]): readonly Gate[] {
  return found.length > 0 ? found : otherwise;
}

function isOpen(formula: Formula): boolean {
  return formula.kind !== 'true' && formula.kind !== 'false';
}

/** What the atoms are about: settling merges the values of conditions on one key, and leaves the key. */
function subjectsOf(formula: Formula): string[] {
  switch (formula.kind) {
    case 'true':
    case 'false':
      return [];
    case 'all':
    case 'any':
      return formula.of.flatMap(subjectsOf);
    case 'not':
      return subjectsOf(formula.of);
    case 'condition':
      return [`key ${formula.key.toLowerCase()}`];
    case 'resource':
      return [`pattern ${formula.pattern}`];
    case 'unreadable':
      return [`place ${formula.place}`];
  }
}

/** The condition keys that a formula leaves open, those inside resource patterns included. */
export function openKeysOf(formula: Formula): string[] {
  switch (formula.kind) {
    case 'true':
    case 'false':
    case 'unreadable':
      return [];
    case 'all':
    case 'any':
      return [...new Set(formula.of.flatMap(openKeysOf))].toSorted();
    case 'not':
      return openKeysOf(formula.of);
    case 'condition':
      return [formula.key];
    case 'resource':
      return [...formula.pattern.matchAll(/\$\{([^{}]+)\}/g)].flatMap(([, inside = '']) => inside.split(',', 1));
  }
}
