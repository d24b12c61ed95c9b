import { type Condition, type Readable, renderTemplate } from '@ecr-audit/policy';
import type { ConditionJson } from './suggested-document.ts';

const WITH_WILDCARDS: ReadonlySet<string> = new Set(['StringLike', 'ArnLike', 'ArnEquals']);

const NEGATED: Readonly<Record<string, string>> = {
  StringEquals: 'StringNotEquals',
  StringEqualsIgnoreCase: 'StringNotEqualsIgnoreCase',
  StringLike: 'StringNotLike',
  NumericEquals: 'NumericNotEquals',
  DateEquals: 'DateNotEquals',
  IpAddress: 'NotIpAddress',
  ArnEquals: 'ArnNotEquals',
  ArnLike: 'ArnNotLike',
};

/**
 * The conditions of a statement as they would be written under Version 2012-10-17; null where one cannot be read, or
 * cannot stand beside the others in one element.
 */
export function renderConditions(conditions: readonly Readable<Condition>[]): ConditionJson | null {
  const rendered: Record<string, Record<string, readonly string[]>> = {};
  for (const condition of conditions) {
    if (condition.kind === 'unreadable') {
      return null;
    }
    const { value } = condition;
    const operator = operatorName(value);
    if (operator === null) {
      return null;
    }
    // Not an ordinary property: a key may be called `__proto__`.
    const keys = Object.hasOwn(rendered, operator) ? (rendered[operator] ?? {}) : {};
    if (Object.hasOwn(keys, value.key) || value.key === '__proto__') {
      return null;
    }
    keys[value.key] = value.values.map((template) =>
      renderTemplate(template, { wildcards: WITH_WILDCARDS.has(value.operator), variables: true }),
    );
    rendered[operator] = keys;
  }
  return rendered;
}

function operatorName({ operator, isNegated, ifExists, setPrefix }: Condition): string | null {
  const base = isNegated ? NEGATED[operator] : operator;
  return base === undefined ? null : `${setPrefix === null ? '' : `${setPrefix}:`}${base}${ifExists ? 'IfExists' : ''}`;
}
