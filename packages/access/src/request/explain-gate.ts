import { type GateVerdict, restsOnGap, statementName, toResidual } from '@ecr-audit/policy';
import type { PolicyType } from '../answer.ts';
import { toReason } from '../evaluate/answer-cell.ts';
import type { ActionQuestion } from '../evaluate/evaluate-action.ts';
import type { EcrGates } from '../evaluate/gates-for.ts';
import type { EcrPolicySet } from '../evaluate/gates-input.ts';
import { explainPolicy } from './attachment.ts';
import { describeCondition } from './describe-condition.ts';
import type { ExplainedGate, ExplainedStatement } from './explanation.ts';
import { unreadSources } from './unread-sources.ts';

type Gate = GateVerdict<PolicyType>;
type Contribution = Gate['contributions'][number];

interface GateInput {
  readonly question: ActionQuestion;
  readonly gates: EcrGates;
  readonly decides: boolean;
  readonly lacksAllow: boolean;
  readonly deciding: ReadonlySet<Contribution>;
  /** The same gate for a request of which no condition key is known. */
  readonly written: readonly Contribution[];
}

/** What one gate says, with every statement that applies and what was not read. */
export function explainGate(gate: Gate, input: GateInput): ExplainedGate {
  const { question, gates } = input;
  const policies = policiesOf(gate, gates);
  return {
    gate: gate.gate,
    label: gate.label,
    verdict: gateVerdict(gate, input),
    decides: input.decides,
    lacksAllow: input.lacksAllow,
    policies: (policies?.sources ?? []).map((source) => explainPolicy(source, question)),
    statements: gate.contributions.map((contribution) => explainStatement(contribution, input)),
    unmet: input.lacksAllow ? unmetStatements(gate, input) : [],
    unread: policies === null ? [] : unreadSources(gate.gate, policies, question),
  };
}

/** The Allow statements that would be enough here, and whose conditions the request is known not to meet. */
function unmetStatements(gate: Gate, input: GateInput): ExplainedStatement[] {
  const applying = new Set(gate.contributions.map(nameOf));
  return input.written
    .filter(({ match }) => match.effect === 'Allow' && !isDelegation(match.form, input.gates))
    .filter((contribution) => !applying.has(nameOf(contribution)))
    .map((contribution) => explainStatement(contribution, input));
}

function nameOf({ source, match }: Contribution): string {
  return JSON.stringify([source.policy, source.via, match.statement.index, match.effect]);
}

function explainStatement(contribution: Contribution, { question, deciding, written }: GateInput): ExplainedStatement {
  const { source, match } = contribution;
  const { owner, attachment } = explainPolicy(source, question);
  const { principal } = match.statement;
  const name = statementName(match.statement);
  const asWritten = written.find((each) => nameOf(each) === nameOf(contribution))?.match.formula;
  return {
    ...toReason(contribution),
    sid: match.statement.sid === name ? name : null,
    index: match.statement.index,
    owner,
    attachment,
    names: match.form,
    isNotPrincipal: principal?.kind === 'readable' && principal.value.isNegated,
    condition: match.formula.kind === 'true' ? null : describeCondition(match.formula),
    residual: toResidual(match.formula),
    writtenCondition: asWritten === undefined || asWritten.kind === 'true' ? null : describeCondition(asWritten),
    decides: deciding.has(contribution),
  };
}

function policiesOf({ gate, label }: Gate, gates: EcrGates): EcrPolicySet | null {
  switch (gate) {
    case 'identity':
      return gates.caller.kind === 'policies' ? gates.caller.policies : null;
    case 'permissionsBoundary':
      return gates.permissionsBoundary;
    case 'session':
      return gates.sessionPolicies;
    case 'scp':
      return gates.scpLevels?.find((level) => level.label === label)?.policies ?? null;
    case 'rcp':
      return gates.rcps;
    case 'resource':
      return gates.resourcePolicies;
  }
}

function gateVerdict(gate: Gate, { gates, lacksAllow }: GateInput): ExplainedGate['verdict'] {
  if (gate.deny.kind === 'true') {
    return 'denies';
  }
  if (restsOnGap(gate.deny) || restsOnGap(gate.allow)) {
    return 'notRead';
  }
  const allowsNothing = gate.allow.kind === 'false' || onlyDelegates(gate, gates);
  // Where no Allow is needed here, what the gate says is that it may deny.
  if (allowsNothing && (lacksAllow || gate.deny.kind === 'false')) {
    return 'noAllow';
  }
  if (gate.deny.kind !== 'false') {
    return 'deniesConditionally';
  }
  return gate.allow.kind === 'true' ? 'allows' : 'allowsConditionally';
}

function onlyDelegates({ gate, contributions }: Gate, gates: EcrGates): boolean {
  const allows = contributions.filter(({ match }) => match.effect === 'Allow');
  return gate === 'resource' && allows.length > 0 && allows.every(({ match }) => isDelegation(match.form, gates));
}

/**
 * In one account a resource policy that names the account grants nothing by itself.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
 */
function isDelegation(form: ExplainedStatement['names'], { isSameAccount, caller }: EcrGates): boolean {
  return form === 'account' && isSameAccount && caller.kind === 'policies';
}
