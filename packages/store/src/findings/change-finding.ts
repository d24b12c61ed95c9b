import type { FindingChangeKind, FindingState } from '@ecr-audit/access';
import type { Store } from '../open-store.ts';
import type { Sql } from '../sql.ts';
import { findingColumns, type KeptFinding, shown, stateOf } from './finding-rows.ts';
import { saveFindings } from './save-findings.ts';

/** Which finding, and who does something to it when (ISO). `targetKey` null is the only target that has it. */
export interface FindingAction {
  readonly targetKey: string | null;
  readonly fingerprint: string;
  readonly by: string;
  readonly at: string;
}

/** Tells that somebody looks after an active finding. Again by somebody else it stays with the first. Null where there is none. */
export async function acknowledgeFinding(store: Store, action: FindingAction): Promise<FindingState | null> {
  return await store.sql.begin(async (sql) => {
    const found = await lockFinding(sql, action);
    if (found === null) {
      return null;
    }
    const { targetId, state } = found;
    if (state.status !== 'active' || state.acknowledged !== null) {
      return state;
    }
    const next = { ...state, acknowledged: { by: shown(action.by), at: action.at } };
    await recordChange(sql, { targetId, state: next }, { ...action, kind: 'acknowledged', why: null });
    return next;
  });
}

export interface LockedFinding {
  readonly targetId: number;
  readonly state: KeptFinding;
}

/** The finding, which nobody else changes until the transaction ends; a scan that is being written is waited for. */
export async function lockFinding(
  sql: Sql,
  { targetKey, fingerprint }: Pick<FindingAction, 'targetKey' | 'fingerprint'>,
): Promise<LockedFinding | null> {
  const [row] = await sql<{ targetId: number }[]>`
    select ${findingColumns(sql)}, finding.target_id as "targetId"
    from audit.finding join audit.target on target.id = finding.target_id
    where fingerprint = ${fingerprint} and (${targetKey}::text is null or target.key = ${targetKey})
    order by finding.status <> 'active', finding.id
    limit 1 for update of finding`;
  return row === undefined ? null : { targetId: row.targetId, state: stateOf(row) };
}

/** Writes what a person did, and tells whoever was told of the finding. */
export async function recordChange(
  sql: Sql,
  { targetId, state }: { readonly targetId: number; readonly state: FindingState },
  {
    by,
    at,
    kind,
    why,
  }: Pick<FindingAction, 'by' | 'at'> & { readonly kind: FindingChangeKind; readonly why: string | null },
): Promise<void> {
  const { fingerprint } = state.finding;
  await saveFindings(
    sql,
    { targetId, scanId: null },
    { states: [state], changes: [{ fingerprint, kind, at, by, why }], told: [], toldAt: at },
  );
  // A row belongs to a scan: the latest, which the answer is about.
  await sql`
    insert into audit.outbox (scan_id, kind, payload)
    select id, 'finding.changed', ${JSON.stringify({ changes: [{ fingerprint, kind, at, by: shown(by), why: why === null ? null : shown(why) }] })}::text::jsonb
    from audit.scan where target_id = ${targetId} and evaluation is not null order by evaluation desc limit 1`;
}
