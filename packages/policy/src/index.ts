export { type Arn, isAccountId, parseArn } from './arn.ts';
export { ABSENT, type KeyValue, present, type RequestContext, UNKNOWN, UNREAD } from './context.ts';
export {
  type Contribution,
  decide,
  type Decision,
  type GateName,
  type GateVerdict,
  isHopeless,
  type Verdict,
} from './decide.ts';
export { decideFormula, decideResidual } from './decide-residual.ts';
export { describeFormula } from './describe-formula.ts';
export {
  type Condition,
  type DocumentKind,
  type PolicyDocument,
  type PrincipalElement,
  type PrincipalEntry,
  type Statement,
  statementName,
} from './document.ts';
export { explain, type Explanation, type GateExplanation, type StatementExplanation } from './explain.ts';
export { FALSE, type Formula, formulaId, restsOnGap, TRUE } from './formula.ts';
export { matchTemplate } from './glob.ts';
export { all, any, not, substitute } from './simplify.ts';
export type { CallerSide, Gates, OrganizationLevel, PolicySet, PolicySource } from './gates.ts';
export { matchCondition } from './match-condition.ts';
export { matchPrincipal, type PrincipalForm, type PrincipalMatch, type RequestPrincipal } from './match-principal.ts';
export {
  type Doubt,
  matchDocument,
  matchStatement,
  mightConcern,
  type PolicyRequest,
  type StatementMatch,
} from './match-statement.ts';
export type { TextPosition } from './lines.ts';
export { type DocumentOptions, parsePolicyDocument } from './parse-document.ts';
export { parseJson } from './parse-json.ts';
export { POLICY_LENGTHS_MAX, policyLength } from './policy-length.ts';
export { describePlace, type Problem, type Readable } from './problem.ts';
export { fromResidual, type Residual, toResidual } from './residual.ts';
export { settle } from './settle.ts';
export { renderTemplate, resolveTemplate, type Template, templateText } from './template.ts';
