import type { KeyValue, RequestContext } from './context.ts';
import type { Condition } from './document.ts';
import { type Atom, FALSE, type Formula, TRUE } from './formula.ts';
import { all, any, not } from './simplify.ts';
import { matchTemplateWithPrefix, type Tri } from './glob.ts';
import { lowerCase, matchValue, operatorSyntax } from './operators.ts';
import { renderTemplate, type Resolved, resolveTemplate, type Template, templateText } from './template.ts';

/**
 * Whether a condition holds in a request: true, false, or what it depends on.
 *
 * A missing key is false; true for negated operators, IfExists, ForAllValues and `Null: true`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function matchCondition(condition: Condition, context: RequestContext): Formula {
  const value = normalise(context.lookup(condition.key.toLowerCase()));
  const isGap = value.kind === 'unread';
  if (condition.operator === 'Null') {
    return matchNull(condition, value);
  }
  // A value whose variable has no value matches nothing, so it takes no part.
  const wanted = condition.values
    .map((template) => resolveTemplate(template, context))
    .flatMap((resolved) => (resolved.kind === 'noValue' ? [] : [resolved]));
  switch (value.kind) {
    case 'absent':
      return matchAbsent(condition) ? TRUE : FALSE;
    case 'unread':
    case 'unknown':
      return openCondition({ ...condition, isGap }, wanted);
    case 'other':
      return openCondition(
        { ...condition, isGap },
        wanted.filter(({ template }) => !isExcluded(template, value.than)),
      );
    case 'prefix':
      return matchValues(condition, wanted, [value]);
    case 'present':
      return matchValues(
        condition,
        wanted,
        value.values.map((text) => ({ kind: 'text', text })),
      );
  }
}

/** A value of the policy that the request's values are compared with. */
type Wanted = Exclude<Resolved, { readonly kind: 'noValue' }>;

/** A key whose list of values is empty is as good as missing. */
function normalise(value: KeyValue): KeyValue {
  return value.kind === 'present' && value.values.length === 0 ? { kind: 'absent' } : value;
}

function matchNull(condition: Condition, value: KeyValue): Formula {
  const isOpen = value.kind === 'unknown' || value.kind === 'other' || value.kind === 'unread';
  const isAbsent: Formula = isOpen
    ? nullAtom({ ...condition, isGap: value.kind === 'unread' })
    : value.kind === 'absent'
      ? TRUE
      : FALSE;
  return any(
    condition.values.map((template) => (templateText(template).toLowerCase() === 'true' ? isAbsent : not(isAbsent))),
  );
}

/** Whether every text that the template matches is one that the key certainly does not have. */
function isExcluded(template: Template, than: readonly string[]): boolean {
  const [first] = template;
  const head = first?.kind === 'text' ? first.text : '';
  const isLiteral = template.every((token) => token.kind === 'text');
  return than.some((entry) =>
    entry.endsWith('/') ? head.startsWith(entry) : isLiteral && templateText(template) === entry,
  );
}

function matchAbsent(condition: Condition): boolean {
  if (condition.setPrefix !== null) {
    return condition.setPrefix === 'ForAllValues' || condition.ifExists;
  }
  return condition.isNegated || condition.ifExists;
}

type RequestValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'prefix'; readonly prefix: string };

/** Without a set prefix one of several request values is enough, and a negated operator needs all to differ. */
function matchValues(condition: Condition, wanted: readonly Wanted[], values: readonly RequestValue[]): Formula {
  const matches = values.map((value) => any(wanted.map((template) => matchOne(condition, value, template))));
  const each = condition.isNegated ? matches.map(not) : matches;
  const needsAll = condition.setPrefix === null ? condition.isNegated : condition.setPrefix === 'ForAllValues';
  const formula = needsAll ? all(each) : any(each);
  // What is left is about the key, and does not say which of its values it means.
  return values.length === 1 || formula.kind === 'true' || formula.kind === 'false'
    ? formula
    : openCondition({ ...condition, ifExists: false, isGap: false }, wanted);
}

function matchOne(condition: Condition, value: RequestValue, wanted: Wanted): Formula {
  const { template } = wanted;
  const match: Tri =
    value.kind === 'text'
      ? matchValue(condition.operator, value.text, template)
      : matchPrefix(condition, value.prefix, template);
  switch (match) {
    case 'yes':
      return TRUE;
    case 'no':
      return FALSE;
    case 'maybe':
      return conditionAtom(condition.operator, { ...condition, isGap: false }, [wanted]);
  }
}

/** Of a value that is known only up to its prefix, string operators can still tell something. */
function matchPrefix(condition: Condition, prefix: string, template: Template): Tri {
  switch (condition.operator) {
    case 'StringEquals':
    case 'StringLike':
      return matchTemplateWithPrefix(template, prefix);
    case 'StringEqualsIgnoreCase':
      return matchTemplateWithPrefix(lowerCase(template), prefix.toLowerCase());
    default:
      return 'maybe';
  }
}

/** A condition on a key without a value; `isGap` where that value could not be read. */
type OpenCondition = Condition & { readonly isGap: boolean };

/**
 * A condition on a key that is unknown, in canonical form: negation outside, IfExists as "absent or".
 *
 * `ForAnyValue:StringNotEquals` is the opposite of `ForAllValues:StringEquals`, and the other way round.
 */
function openCondition(condition: OpenCondition, wanted: readonly Wanted[]): Formula {
  const core = positiveCore(condition, wanted);
  const formula = condition.isNegated ? not(core) : core;
  const addsAbsent = condition.ifExists && !matchAbsent({ ...condition, ifExists: false });
  return addsAbsent ? any([nullAtom(condition), formula]) : formula;
}

function positiveCore(condition: OpenCondition, wanted: readonly Wanted[]): Formula {
  const setPrefix = condition.isNegated ? opposite(condition.setPrefix) : condition.setPrefix;
  if (wanted.length === 0) {
    return setPrefix === 'ForAllValues' ? nullAtom(condition) : FALSE;
  }
  const takesAnything =
    condition.operator === 'StringLike' &&
    wanted.some(({ template }) => template.length > 0 && template.every((token) => token.kind === 'star'));
  if (takesAnything) {
    return setPrefix === 'ForAllValues' ? TRUE : not(nullAtom(condition));
  }
  const operator = setPrefix === null ? condition.operator : `${setPrefix}:${condition.operator}`;
  return conditionAtom(operator, condition, wanted);
}

function opposite(setPrefix: Condition['setPrefix']): Condition['setPrefix'] {
  switch (setPrefix) {
    case 'ForAllValues':
      return 'ForAnyValue';
    case 'ForAnyValue':
      return 'ForAllValues';
    case null:
      return null;
  }
}

function conditionAtom(operator: string, condition: OpenCondition, wanted: readonly Wanted[]): Atom {
  const syntax = operatorSyntax(condition.operator);
  const values = wanted.map(({ template }) =>
    condition.operator === 'Bool' ? templateText(template).toLowerCase() : renderTemplate(template, syntax),
  );
  return {
    kind: 'condition',
    operator,
    key: canonicalKey(condition.key),
    values: [...new Set(values)].toSorted(),
    isGap: condition.isGap || wanted.some((each) => each.kind === 'open' && each.isGap),
  };
}

function nullAtom({ key, isGap }: OpenCondition): Atom {
  return { kind: 'condition', operator: 'Null', key: canonicalKey(key), values: ['true'], isGap };
}

/** Key names are case-insensitive; the well-known ones are shown as AWS writes them. */
function canonicalKey(key: string): string {
  return CANONICAL_KEYS.get(key.toLowerCase()) ?? key;
}

const CANONICAL_KEYS = new Map(
  [
    'aws:CalledVia',
    'aws:CalledViaFirst',
    'aws:CalledViaLast',
    'aws:CurrentTime',
    'aws:EpochTime',
    'aws:FederatedProvider',
    'aws:MultiFactorAuthAge',
    'aws:MultiFactorAuthPresent',
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    'aws:PrincipalIsAWSService',
    'aws:PrincipalOrgID',
    'aws:PrincipalOrgPaths',
    'aws:PrincipalServiceName',
    'aws:PrincipalServiceNamesList',
    'aws:PrincipalType',
    'aws:Referer',
    'aws:RequestedRegion',
    'aws:ResourceAccount',
    'aws:ResourceOrgID',
    'aws:ResourceOrgPaths',
    'aws:SecureTransport',
    'aws:SourceAccount',
    'aws:SourceArn',
    'aws:SourceIdentity',
    'aws:SourceIp',
    'aws:SourceOrgID',
    'aws:SourceOrgPaths',
    'aws:SourceVpc',
    'aws:SourceVpcArn',
    'aws:SourceVpce',
    'aws:TagKeys',
    'aws:TokenIssueTime',
    'aws:UserAgent',
    'aws:userid',
    'aws:username',
    'aws:ViaAWSService',
    'aws:VpceAccount',
    'aws:VpceOrgID',
    'aws:VpceOrgPaths',
    'aws:VpcSourceIp',
    'ecr:AccountSetting',
  ].map((key) => [key.toLowerCase(), key]),
);
