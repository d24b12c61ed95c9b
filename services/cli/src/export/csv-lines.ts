import { stringify } from 'csv-stringify/sync';
import type { PlainRow } from './plain-row.ts';

const columns = [
  'principal',
  'principalId',
  'principalKind',
  'principalAccount',
  'principalName',
  'account',
  'region',
  'repository',
  'resource',
  'action',
  'decision',
  'condition',
  'residual',
  'reasons',
  'limits',
] as const;

export const csvHeader = `${columns.join(',')}\n`;

/** One row of RFC 4180, with a line feed at its end. `residual` is JSON, `condition` the same in words. */
export function csvLine(row: PlainRow): string {
  const { residual } = row;
  const cells: Readonly<Record<(typeof columns)[number], string>> = {
    principal: row.principal,
    principalId: row.principalId,
    principalKind: row.principalKind,
    principalAccount: row.principalAccount ?? '',
    principalName: row.principalName,
    account: row.account,
    region: row.region,
    repository: row.repository ?? '',
    resource: row.resource,
    action: row.action,
    decision: row.decision,
    condition: row.condition ?? '',
    residual: residual === null ? '' : JSON.stringify(residual),
    reasons: row.reasons
      .map(({ effect, policyType, policy, statement }) => `${effect} ${policyType} ${policy} ${statement}`)
      .join('; '),
    limits: row.limits.map(({ code }) => code).join('; '),
  };
  return stringify([columns.map((column) => harmless(cells[column]))]);
}

/**
 * A cell that a spreadsheet would take for a formula gets an apostrophe in front.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
