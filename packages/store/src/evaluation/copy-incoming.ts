import type { AccessRow } from '@ecr-audit/access';
import { checkText } from '../check-text.ts';
import { StoreError } from '../errors.ts';
import type { Sql } from '../sql.ts';
import type { ContentDictionary } from './content-dictionary.ts';
import { copyLine, copyRows } from './copy-rows.ts';
import type { Uncovered } from './find-uncovered.ts';

/** What turns a row of the evaluator into a row of the database. */
export interface IncomingContext {
  readonly principalIds: ReadonlyMap<string, number>;
  readonly repositoryIds: ReadonlyMap<string, number>;
  readonly uncovered: Uncovered;
  readonly residuals: ContentDictionary;
  readonly reasons: ContentDictionary;
  readonly limits: ContentDictionary;
}

/**
 * Copies the evaluator's cells into the temporary table `incoming`, one row a cell.
 *
 * Throws `inconsistentEvaluation` for a cell that comes twice and for a row whose principal or repository is not listed.
 */
export async function copyIncoming(sql: Sql, rows: Iterable<AccessRow>, context: IncomingContext): Promise<void> {
  // Repository 0 stands for the registry, because a join by `is not distinct from` cannot use a hash.
  await sql`
    create temp table incoming (
      principal_id bigint not null,
      account_id text not null,
      region text not null,
      repository_id bigint not null,
      action text not null,
      decision text not null,
      residual_hash bytea,
      reasons_hash bytea,
      limits_hash bytea
    ) on commit drop`;
  await copyRows(sql, sql`copy incoming from stdin`, incomingLines(rows, context));
  try {
    await sql`create unique index on incoming (principal_id, account_id, region, repository_id, action)`;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === '23505')) {
      throw error;
    }
    const detail = 'detail' in error ? String(error.detail) : '';
    throw new StoreError('inconsistentEvaluation', `a cell comes twice: expected one row a cell, found ${detail}`, {
      cause: error,
    });
  }
}

function* incomingLines(rows: Iterable<AccessRow>, context: IncomingContext): Generator<string> {
  const iamAccounts = new Set(context.uncovered.iamAccounts);
  const registries = new Set(context.uncovered.registries.map(({ accountId, region }) => `${accountId} ${region}`));
  for (const row of rows) {
    const isDenied = row.decision === 'explicitDeny' || row.decision === 'implicitDeny';
    const isUncovered =
      (row.principal.accountId !== null &&
        row.principal.kind !== 'external' &&
        iamAccounts.has(row.principal.accountId)) ||
      registries.has(`${row.accountId} ${row.region}`);
    // No row means denied. Only where something could not be read does it mean "not said", so there a denial is kept for
    // the comparison.
    if (isDenied && !isUncovered) {
      continue;
    }
    yield copyLine([
      ...cell(row, context),
      isDenied ? 'denied' : row.decision,
      ...(isDenied ? [null, null, null] : hashes(row, context)),
    ]);
  }
}

function cell(row: AccessRow, { principalIds, repositoryIds }: IncomingContext): (string | number)[] {
  const principalId = principalIds.get(row.principal.id);
  const repositoryId = row.resource === '*' ? 0 : repositoryIds.get(row.resource);
  if (principalId === undefined || repositoryId === undefined) {
    throw new StoreError(
      'inconsistentEvaluation',
      `there is a row for \`${row.action}\` of \`${row.principal.arn}\` on \`${row.resource}\`: expected both to be listed among the principals and repositories`,
    );
  }
  return [
    principalId,
    checkText(row.accountId, 'the account'),
    checkText(row.region, 'the region'),
    repositoryId,
    checkText(row.action, 'the action'),
  ];
}

function hashes(row: AccessRow, { residuals, reasons, limits }: IncomingContext): (string | null)[] {
  return [
    row.residual === null ? null : `\\x${residuals.hashOf(row.residual)}`,
    `\\x${reasons.hashOf(row.reasons)}`,
    `\\x${limits.hashOf(row.limits)}`,
  ];
}
