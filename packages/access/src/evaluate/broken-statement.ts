import type { Statement } from '@ecr-audit/policy';

/** Whether a part of a statement could not be read. */
export function isBroken(statement: Statement): boolean {
  const parts = [statement.effect, statement.principal, statement.action, statement.resource, ...statement.conditions];
  return statement.strayElements.length > 0 || parts.some((part) => part?.kind === 'unreadable');
}
