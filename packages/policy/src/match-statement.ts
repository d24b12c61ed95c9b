import type { RequestContext } from './context.ts';
import {
  type ActionElement,
  type DocumentKind,
  type PolicyDocument,
  type ResourceElement,
  type ResourcePattern,
  type Statement,
} from './document.ts';
import { FALSE, type Formula, TRUE } from './formula.ts';
import { all, any, not } from './simplify.ts';
import { matchTemplate } from './glob.ts';
import { matchCondition } from './match-condition.ts';
import { matchPrincipal, type PrincipalForm, type PrincipalMatch, type RequestPrincipal } from './match-principal.ts';
import type { Problem, Readable } from './problem.ts';
import { renderTemplate, resolveTemplate, type Template, templateText } from './template.ts';

/** One question: may this principal do this action on this resource, in this context? */
export interface PolicyRequest {
  readonly principal: RequestPrincipal;
  /** `ecr:PutImage`. */
  readonly action: string;
  /** A resource ARN, or `*` for an action that takes none. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** A statement that applies to a request, under `formula`. */
export interface StatementMatch {
  readonly statement: Statement;
  readonly effect: 'Allow' | 'Deny';
  readonly formula: Formula;
  /** How a resource policy's Principal names the caller; null in policies without one. */
  readonly form: PrincipalForm | null;
  /** The statement is matched by a rule that AWS documents poorly. */
  readonly doubts: readonly Doubt[];
}

export type Doubt = 'shortResourcePattern' | 'notPrincipal' | 'severalValuesWithoutSetOperator';

/**
 * The statements of a document that apply to a request, or may apply once more is known.
 *
 * What cannot be read in an Allow never allows by itself: its formula holds a gap. In a Deny it leaves a condition
 * that may hold. A statement whose effect cannot be read may be either, and is given as both.
 */
export function matchDocument(document: PolicyDocument, label: string, request: PolicyRequest): StatementMatch[] {
  return document.statements.flatMap((statement) => matchStatement(statement, document.kind, label, request));
}

/** The same of one statement; `label` names its policy in what could not be read. */
export function matchStatement(
  statement: Statement,
  kind: DocumentKind,
  label: string,
  request: PolicyRequest,
): StatementMatch[] {
  const effects: readonly ('Allow' | 'Deny')[] =
    statement.effect.kind === 'readable' ? [statement.effect.value] : ['Allow', 'Deny'];
  return effects.flatMap((effect): StatementMatch[] => {
    const match = matchAs(effect, statement, kind, label, request);
    return match === null ? [] : [match];
  });
}

function matchAs(
  effect: 'Allow' | 'Deny',
  statement: Statement,
  kind: DocumentKind,
  label: string,
  request: PolicyRequest,
): StatementMatch | null {
  const broken = (problem: Problem): Formula => ({
    kind: 'unreadable',
    // A statement whose effect cannot be read stands in a formula twice, once as each.
    place: `${label} ${problem.place}${statement.effect.kind === 'unreadable' ? ` as ${effect}` : ''}`,
    isGap: effect === 'Allow',
  });
  const read = <T>(part: Readable<T>, match: (value: T) => Formula): Formula =>
    part.kind === 'readable' ? match(part.value) : broken(part.problem);

  const action = read(statement.action, (element) => matchAction(element, request.action));
  if (action.kind === 'false') {
    return null;
  }
  const resource =
    statement.resource === null ? TRUE : read(statement.resource, (element) => matchResource(element, request));
  if (resource.kind === 'false') {
    return null;
  }
  const principal =
    statement.principal === null ? null : matchPrincipalOf(statement.principal, effect, request.principal);
  if (principal?.kind === 'no' && kind === 'resource') {
    return null;
  }
  const formula = all([
    action,
    resource,
    principal?.kind === 'broken' ? broken(principal.problem) : TRUE,
    ...statement.strayElements.map(broken),
    ...(statement.effect.kind === 'unreadable' ? [broken(statement.effect.problem)] : []),
    ...statement.conditions.map((condition) => read(condition, (value) => matchCondition(value, request.context))),
  ]);
  if (formula.kind === 'false') {
    return null;
  }
  return {
    statement,
    effect,
    formula,
    // A principal that cannot be read might be the caller; the gap in its formula keeps it from allowing by itself.
    form: principal === null ? null : principal.kind === 'yes' ? principal.form : 'direct',
    doubts: doubtsOf(statement, request),
  };
}

type PrincipalVerdict = PrincipalMatch | { readonly kind: 'broken'; readonly problem: Problem };

function matchPrincipalOf(
  element: NonNullable<Statement['principal']>,
  effect: 'Allow' | 'Deny',
  principal: RequestPrincipal,
): PrincipalVerdict {
  return element.kind === 'readable'
    ? matchPrincipal(element.value, effect, principal)
    : { kind: 'broken', problem: element.problem };
}

/**
 * Whether any statement of the document might allow the action to somebody, on something, under some condition.
 *
 * False is certain, and far cheaper to find out than a decision.
 */
export function mightAllow(document: PolicyDocument, action: string): boolean {
  return document.statements.some(
    (statement) =>
      !(statement.effect.kind === 'readable' && statement.effect.value === 'Deny') && mightConcern(statement, action),
  );
}

/** Whether a statement is about the action, or may be because its action cannot be read. */
export function mightConcern({ action: element }: Statement, action: string): boolean {
  return element.kind === 'unreadable' || matchAction(element.value, action).kind === 'true';
}

/** Actions match case-insensitively. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html */
function matchAction(element: ActionElement, action: string): Formula {
  const known = actionVerdicts.get(element)?.get(action);
  if (known !== undefined) {
    return known;
  }
  const verdict = computeAction(element, action);
  actionVerdicts.set(element, (actionVerdicts.get(element) ?? new Map<string, Formula>()).set(action, verdict));
  return verdict;
}

/** The same statement is asked about the same few actions again and again. */
const actionVerdicts = new WeakMap<ActionElement, Map<string, Formula>>();

function computeAction(element: ActionElement, action: string): Formula {
  const [prefix = '', name = ''] = action.toLowerCase().split(':');
  const isNamed = element.patterns.some(
    (pattern) => pattern.prefix === null || (pattern.prefix === prefix && matchTemplate(pattern.name, name) === 'yes'),
  );
  return isNamed === element.isNegated ? FALSE : TRUE;
}

/**
 * Resource ARNs match case-sensitively as a whole: ECR's have exactly five colons, so a `*` that would run over one
 * finds no match that a segment by segment comparison would not find.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function matchResource(element: ResourceElement, request: PolicyRequest): Formula {
  const named = any(element.patterns.map((pattern) => matchResourcePattern(pattern, request)));
  return element.isNegated ? not(named) : named;
}

function matchResourcePattern(pattern: ResourcePattern, request: PolicyRequest): Formula {
  return matchResourceTemplate(pattern.template, request.resource, request.context);
}

/** Whether a resource matches a pattern; open where it depends on the value of a variable. */
export function matchResourceTemplate(template: Template, resource: string, context: RequestContext): Formula {
  const resolved = resolveTemplate(template, context);
  if (resolved.kind === 'noValue') {
    return FALSE;
  }
  switch (matchTemplate(resolved.template, resource)) {
    case 'yes':
      return TRUE;
    case 'no':
      return FALSE;
    case 'maybe':
      return {
        kind: 'resource',
        resource,
        pattern: renderTemplate(resolved.template, { wildcards: true, variables: true }),
        isGap: resolved.kind === 'open' && resolved.isGap,
      };
  }
}

function doubtsOf(statement: Statement, request: PolicyRequest): Doubt[] {
  const doubts: Doubt[] = [];
  const resource = statement.resource?.kind === 'readable' ? statement.resource.value : null;
  if (
    resource?.patterns.some(
      (pattern) =>
        pattern.isShort &&
        templateText(pattern.template) !== '' &&
        matchResourcePattern(pattern, request).kind === 'true',
    )
  ) {
    doubts.push('shortResourcePattern');
  }
  if (statement.principal?.kind === 'readable' && statement.principal.value.isNegated) {
    doubts.push('notPrincipal');
  }
  const usesSeveral = statement.conditions.some((condition) => {
    if (condition.kind === 'unreadable' || condition.value.setPrefix !== null || condition.value.operator === 'Null') {
      return false;
    }
    const value = request.context.lookup(condition.value.key.toLowerCase());
    return value.kind === 'present' && value.values.length > 1;
  });
  if (usesSeveral) {
    doubts.push('severalValuesWithoutSetOperator');
  }
  return doubts;
}
