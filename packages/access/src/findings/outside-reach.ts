import { type Formula, fromResidual, substitute, TRUE } from '@ecr-audit/policy';
import type { AccessAnswer } from '../answer.ts';
import { describeOutsideResidual } from '../describe-residual.ts';
import { policiesOf } from '../evaluate/unread-side.ts';
import type { PrincipalRef } from '../principal.ts';

/** Something in a condition that somebody outside cannot arrange for. */
export interface Limit {
  readonly kind: 'organization' | 'account' | 'network' | 'address';
  readonly values: readonly string[];
}

/** Whether somebody of another account gets in, if that account lets them. */
export interface OutsideReach {
  /** `no`: only under a limit that not everybody outside can meet. `unknown`: it hangs on what could not be read. */
  readonly verdict: 'yes' | 'no' | 'unknown';
  readonly limits: readonly Limit[];
  /** The condition in words; null where there is none but what their own account says. */
  readonly condition: string | null;
}

/**
 * What an answer means for somebody outside.
 *
 * Their own policies are theirs to write, and so are their tags, the time, and whatever else a request brings along: none of
 * them limits anybody. The organization, the account, the network and the address of a request cannot be made up.
 */
export function outsideReach({ residual }: AccessAnswer, principal: PrincipalRef): OutsideReach {
  const own = policiesOf(principal);
  const formula = substitute(residual === null ? TRUE : fromResidual(residual), (atom) =>
    atom.kind === 'unreadable' && atom.place.startsWith(`${own} (`) ? atom.place === `${own} (Allow statements)` : null,
  );
  const words = formula.kind === 'true' ? null : describeOutsideResidual(residual, principal);
  return { verdict: verdictOf(formula, isLimiting), limits: limitsIn(formula), condition: words };
}

/** Whether somebody can meet a formula who can meet every condition but those that limit. */
export function verdictOf(
  formula: Formula,
  limits: (condition: LimitingCondition) => boolean,
): OutsideReach['verdict'] {
  switch (formula.kind) {
    case 'true':
    case 'resource':
      return 'yes';
    case 'false':
      return 'no';
    case 'unreadable':
      return 'unknown';
    case 'condition':
      return limits(formula) ? 'no' : 'yes';
    case 'not':
      // Not to be of an organization, or not to come through a network, anybody can arrange for.
      return formula.of.kind === 'unreadable' ? 'unknown' : 'yes';
    case 'all':
    case 'any': {
      const verdicts = new Set(formula.of.map((part) => verdictOf(part, limits)));
      const [strongest, weakest] = formula.kind === 'all' ? (['no', 'yes'] as const) : (['yes', 'no'] as const);
      return verdicts.has(strongest) ? strongest : verdicts.has('unknown') ? 'unknown' : weakest;
    }
  }
}

/** Everything in a formula that somebody outside cannot arrange for. */
export function limitsIn(formula: Formula): Limit[] {
  switch (formula.kind) {
    case 'all':
    case 'any':
      return formula.of.flatMap(limitsIn);
    case 'condition': {
      const limit = limitOf(formula);
      return limit === null ? [] : [limit];
    }
    default:
      return [];
  }
}

export type LimitingCondition = Extract<Formula, { readonly kind: 'condition' }>;

/** Whether a condition ties a request to an organization, an account, a network or an address. */
export function isLimiting(condition: LimitingCondition): boolean {
  return limitOf(condition) !== null;
}

const EQUALITIES: ReadonlySet<string> = new Set([
  'stringequals',
  'stringequalsignorecase',
  'stringlike',
  'arnequals',
  'arnlike',
  'ipaddress',
]);

/** Whether an operator asks for one of the values. `ForAllValues` holds where the request has no such key at all. */
export function isEquality(operator: string): boolean {
  const [prefix, plain = ''] = operator.includes(':') ? operator.split(':', 2) : ['', operator];
  return prefix !== 'ForAllValues' && EQUALITIES.has(plain.toLowerCase());
}

const ORGANIZATION = /^o-[a-z0-9]{4,32}(?:\/|$)/;
const SPELLED_OUT = /^[^*?$]{4}/;

/** Which values of a key tie a request to something that is not open to everybody. Keys in lower case. */
const LIMITING: ReadonlyMap<string, readonly [Limit['kind'], RegExp]> = new Map([
  ['aws:principalorgid', ['organization', ORGANIZATION]],
  ['aws:principalorgpaths', ['organization', ORGANIZATION]],
  ['aws:principalaccount', ['account', /^\d{12}$/]],
  ['aws:principalarn', ['account', /^arn:[^:*?$]+:(?:iam|sts)::\d{12}:/]],
  ['aws:userid', ['account', /^(?:A[A-Z]{3}[A-Z0-9]{12}|\d{12})/]],
  ['aws:sourcevpc', ['network', SPELLED_OUT]],
  ['aws:sourcevpce', ['network', SPELLED_OUT]],
  ['aws:sourcevpcarn', ['network', SPELLED_OUT]],
  ['aws:vpceaccount', ['network', SPELLED_OUT]],
  ['aws:vpceorgid', ['network', ORGANIZATION]],
  ['aws:vpceorgpaths', ['network', ORGANIZATION]],
  ['aws:sourceip', ['address', /^(?!.*\/0$)[0-9a-fA-F]/]],
  ['aws:vpcsourceip', ['address', /^(?!.*\/0$)[0-9a-fA-F]/]],
]);

/** Null for a condition that somebody outside can meet. One value that is open to everybody is enough for that. */
function limitOf({ operator, key, values }: LimitingCondition): Limit | null {
  const limiting = LIMITING.get(key.toLowerCase());
  if (limiting === undefined || !isEquality(operator)) {
    return null;
  }
  const [kind, form] = limiting;
  return values.every((value) => form.test(value)) ? { kind, values } : null;
}

const KIND_WORDS: Readonly<Record<Limit['kind'], string>> = {
  organization: 'the organization',
  account: 'the account',
  network: 'the VPC or VPC endpoint',
  address: 'the source address',
};

/** Which limits there are, in words. */
export function limitWords(limits: readonly Limit[]): string {
  return [...new Set(limits.map(({ kind }) => KIND_WORDS[kind]))].join(' and ');
}
