import type { Contribution, Decision, GateName, GateVerdict, Verdict } from './decide.ts';
import { describeFormula } from './describe-formula.ts';
import { statementName } from './document.ts';
import type { PrincipalForm } from './match-principal.ts';
import { type Residual, toResidual } from './residual.ts';

/** A verdict as plain data and in words: what every gate says, and which of its statements say so. */
export interface Explanation {
  readonly decision: Decision;
  /** `if aws:SourceVpce is vpce-1`; null where the decision needs no condition. */
  readonly condition: string | null;
  readonly residual: Residual | null;
  /** In the order in which they were asked: the caller's side, organization policies, the resource's side. */
  readonly gates: readonly GateExplanation[];
}

export interface GateExplanation {
  readonly gate: GateName;
  readonly label: string;
  /** `allows` too for a gate that only denies, where it does not. A conditional Deny hides what is allowed beside it. */
  readonly verdict: 'allows' | 'allowsConditionally' | 'noAllow' | 'denies' | 'deniesConditionally';
  readonly statements: readonly StatementExplanation[];
}

/** A statement that applies, and how its policy is called and reaches the request. */
export interface StatementExplanation {
  readonly effect: 'Allow' | 'Deny';
  readonly policy: string;
  readonly via: string;
  /** The Sid where it has one, else its index. */
  readonly statement: string;
  /** How a resource policy names the caller, null elsewhere. `account` alone allows nothing to its own account. */
  readonly names: PrincipalForm | null;
  /** Null where it applies in any case. */
  readonly condition: string | null;
  /** Whether it is one of those that decided. */
  readonly decides: boolean;
}

/** Tells a verdict gate by gate. */
export function explain<Type extends string>(verdict: Verdict<Type>): Explanation {
  const deciding = new Set(verdict.deciding);
  const residual = toResidual(verdict.formula);
  return {
    decision: verdict.decision,
    condition: residual === null ? null : describeFormula(verdict.formula),
    residual,
    gates: verdict.gates.map((gate) => ({
      gate: gate.gate,
      label: gate.label,
      verdict: gateVerdict(gate),
      statements: gate.contributions.map((contribution) => explainStatement(contribution, deciding.has(contribution))),
    })),
  };
}

function gateVerdict<Type extends string>({ allow, deny }: GateVerdict<Type>): GateExplanation['verdict'] {
  if (deny.kind === 'true') {
    return 'denies';
  }
  if (allow.kind === 'false') {
    return 'noAllow';
  }
  if (deny.kind !== 'false') {
    return 'deniesConditionally';
  }
  return allow.kind === 'true' ? 'allows' : 'allowsConditionally';
}

function explainStatement<Type extends string>(
  { source, match }: Contribution<Type>,
  decides: boolean,
): StatementExplanation {
  return {
    effect: match.effect,
    policy: source.policy,
    via: source.via,
    statement: statementName(match.statement),
    names: match.form,
    condition: match.formula.kind === 'true' ? null : describeFormula(match.formula),
    decides,
  };
}
