import { findAsOf, findScan, isKnownAccount, listTargets, type AsOf, type Store } from '@ecr-audit/store';
import { Problem } from './http/problem.ts';
import { invalidCursor } from './paging/cursor.ts';

/**
 * Finds the scan to answer from: that of the cursor, else the latest one of the target, else the latest one of all.
 *
 * Throws `targetNotFound`, `noCompletedScan`, and `invalidRequest` for a cursor of another target.
 */
export async function resolveAsOf(
  { sql }: Store,
  wanted: { readonly target: string | undefined; readonly scanId: string | null },
): Promise<AsOf> {
  const targetKey = wanted.target;
  const asOf = await findAsOf(sql, {
    ...(wanted.scanId === null ? {} : { scanId: wanted.scanId }),
    ...(targetKey === undefined ? {} : { targetKey }),
  });
  if (asOf !== null) {
    return asOf;
  }
  if (wanted.scanId !== null) {
    throw invalidCursor();
  }
  if (targetKey === undefined || (await listTargets(sql)).some(({ key }) => key === targetKey)) {
    throw new Problem(
      'noCompletedScan',
      `no scan${targetKey === undefined ? '' : ` of \`${targetKey}\``} has been completed yet: expected one; \`GET /v1/scans\` shows how far they are`,
    );
  }
  throw new Problem(
    'targetNotFound',
    `there is no target \`${targetKey}\`: expected a \`target.key\` that \`GET /v1/scans\` lists`,
  );
}

/** The completed scan of this id. Throws `scanNotFound` and `scanNotCompleted`. */
export async function resolveScan({ sql }: Store, scanId: string): Promise<AsOf> {
  const asOf = await findAsOf(sql, { scanId });
  if (asOf !== null) {
    return asOf;
  }
  const scan = await findScan(sql, scanId);
  if (scan === null) {
    throw scanNotFound(scanId);
  }
  throw new Problem(
    'scanNotCompleted',
    `scan \`${scanId}\` is ${scan.status}: expected a completed one; \`GET /v1/scans?status=completed\` lists them`,
  );
}

export function scanNotFound(scanId: string): Problem {
  return new Problem('scanNotFound', `there is no scan \`${scanId}\`: expected an id that \`GET /v1/scans\` lists`);
}

/** Throws `accountNotFound` for an account that the target does not know: an empty list would look like "nobody". */
export async function checkAccount({ sql }: Store, asOf: AsOf, accountId: string | undefined): Promise<void> {
  if (accountId === undefined || (await isKnownAccount(sql, asOf, accountId))) {
    return;
  }
  throw new Problem(
    'accountNotFound',
    `target \`${asOf.targetKey}\` has no account \`${accountId}\`: expected one that \`GET /v1/accounts\` lists, or one of a principal that a policy names`,
  );
}
