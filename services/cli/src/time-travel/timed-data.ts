import { plainRow } from '../export/plain-row.ts';
import { csvText } from '../policies/csv-text.ts';
import type { AskedScan } from './asked-scan.ts';
import type { TimedRow } from './timed-rows.ts';

/** A row as one JSON line: of which scan it is, what is allowed, and from when until when. */
export function timedLine(asked: AskedScan, { cell, validity }: TimedRow): string {
  const { principal, accountId, region, action, decision, residual, reasons, limits } = cell;
  const row = { principal, accountId, region, action, decision, residual, reasons, limits };
  const { isUnreadAfter, unread } = validity;
  return `${JSON.stringify({
    ...scanFields(asked),
    ...plainRow({ ...row, resource: cell.repository?.arn ?? '*' }),
    ...periodFields(validity),
    isUnreadAfter,
    unread,
  })}\n`;
}

const csvColumns = [
  'at',
  'scanTakenAt',
  'scanCompletedAt',
  'nextTakenAt',
  'isComplete',
  'principal',
  'principalId',
  'principalKind',
  'principalAccount',
  'account',
  'region',
  'repository',
  'action',
  'decision',
  'condition',
  'validFrom',
  'validUntil',
  'knownFrom',
  'knownUntil',
  'isUnreadAfter',
  'unread',
] as const;

export const timedCsvHeader = `${csvColumns.join(',')}\n`;

/** A row of RFC 4180. `unread` are stretches, `FROM/UNTIL` with blanks between. */
export function timedCsvLine(asked: AskedScan, { cell, validity }: TimedRow): string {
  const { principal, accountId, region, action, decision, residual, reasons, limits } = cell;
  const row = { principal, accountId, region, action, decision, residual, reasons, limits };
  const fields: Readonly<Record<string, unknown>> = {
    ...scanFields(asked),
    ...plainRow({ ...row, resource: cell.repository?.arn ?? '*' }),
    ...periodFields(validity),
    isUnreadAfter: validity.isUnreadAfter,
    unread: validity.unread.map(({ from, until }) => `${from}/${until}`).join(' '),
  };
  return csvText([csvColumns.map((column) => textOf(fields[column]))]);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'boolean' ? String(value) : '';
}

function scanFields({ at, asOf, times: { scan, next } }: AskedScan): Readonly<Record<string, unknown>> {
  return {
    at,
    scanId: scan.scanId,
    scanTakenAt: scan.takenAt,
    scanCompletedAt: scan.completedAt,
    nextTakenAt: next?.takenAt ?? null,
    nextCompletedAt: next?.completedAt ?? null,
    isComplete: asOf.isComplete,
    gaps: asOf.gaps,
  };
}

function periodFields({ valid, known }: TimedRow['validity']): Readonly<Record<string, string | null>> {
  return { validFrom: valid.from, validUntil: valid.until, knownFrom: known.from, knownUntil: known.until };
}
