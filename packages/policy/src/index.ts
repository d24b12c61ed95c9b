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
export {
  type DocumentKind,
  type PolicyDocument,
  type PrincipalEntry,
  type Statement,
  statementName,
} from './document.ts';
export { all, any, type Formula, restsOnGap, substitute } from './formula.ts';
export type { CallerSide, Gates, OrganizationLevel, PolicySet, PolicySource } from './gates.ts';
export type { RequestPrincipal } from './match-principal.ts';
export type { Doubt, PolicyRequest } from './match-statement.ts';
export { parsePolicyDocument } from './parse-document.ts';
export { parseJson } from './parse-json.ts';
export type { Problem, Readable } from './problem.ts';
export { describeFormula, fromResidual, type Residual, toResidual } from './residual.ts';
export { settle } from './settle.ts';
