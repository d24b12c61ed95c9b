import type { EvaluationLimit, Reason, Residual } from '@ecr-audit/access';
import { z } from 'zod';
import type { Sql } from '../sql.ts';
import { limitSchema, reasonSchema, residualSchema } from './access-cell.ts';

/** An answer that many cells share. Its reasons may say `@principal` and `@repository` for the ARNs of a cell. */
export interface HeldVerdict {
  readonly decision: 'allowed' | 'conditional' | 'unknown';
  readonly residual: Residual | null;
  readonly reasons: readonly Reason[];
  readonly limits: readonly EvaluationLimit[];
}

/** What a profile says of one action. */
export interface Said {
  readonly action: string;
  readonly verdict: HeldVerdict;
}

/** Which of what is said is wanted. */
export interface SaidFilter {
  /** An action or a capability. */
  readonly action?: string;
  readonly by?: 'action' | 'capability';
  readonly decision?: HeldVerdict['decision'];
}

/** What each of these profiles says, by action. The same verdict is the same object. */
export type SaidReader = (profileIds: ReadonlySet<number>) => Promise<ReadonlyMap<number, readonly Said[]>>;

// Of each some kilobytes at most. A whole list passes through here, and must not stay.
const profilesMax = 5_000;
const verdictsMax = 20_000;

/** Reads profiles and the verdicts in them, and keeps the latest for the next question: neither ever changes. */
export function saidReader(
  sql: Sql,
  { actions, filter }: { readonly actions: readonly StoredAction[]; readonly filter: SaidFilter },
): SaidReader {
  const wanted = actions.filter(
    ({ name }) =>
      (filter.action === undefined || name === filter.action) &&
      (filter.by === undefined || name.startsWith('ecr:') === (filter.by === 'action')),
  );
  const profiles = new Map<number, readonly Said[]>();
  const verdicts = new Map<number, HeldVerdict>();
  return async (profileIds) => {
    if (profiles.size + profileIds.size > profilesMax) {
      profiles.clear();
    }
    if (verdicts.size > verdictsMax) {
      verdicts.clear();
    }
    const missing = [...profileIds].filter((id) => !profiles.has(id));
    const listed = await readProfiles(sql, missing);
    const ids = listed.flatMap(({ verdictIds }) => wanted.flatMap(({ id }) => verdictIds[id - 1] ?? []));
    await readVerdicts(sql, new Set(ids.filter((id) => !verdicts.has(id))), verdicts);
    for (const { id, verdictIds } of listed) {
      profiles.set(
        id,
        wanted.flatMap(({ id: actionId, name }): Said[] => {
          const verdict = verdicts.get(verdictIds[actionId - 1] ?? 0);
          return verdict === undefined || (filter.decision !== undefined && verdict.decision !== filter.decision)
            ? []
            : [{ action: name, verdict }];
        }),
      );
    }
    return profiles;
  };
}

const actionSchema = z.object({ id: z.number(), name: z.string() });

/** An action or capability; its id is its place in the lists of profiles, counted from 1. */
export type StoredAction = Readonly<z.infer<typeof actionSchema>>;

/** Every action and capability that was ever answered, by name. */
export async function readActions(sql: Sql): Promise<StoredAction[]> {
  return (await sql`select id, name from audit.action order by name collate "C"`).map((row) => actionSchema.parse(row));
}

async function readProfiles(
  sql: Sql,
  ids: readonly number[],
): Promise<{ readonly id: number; readonly verdictIds: readonly (number | null)[] }[]> {
  if (ids.length === 0) {
    return [];
  }
  const rows = await sql<{ id: number; verdictIds: string }[]>`
    select profile.id, array_to_string(profile.verdict_ids, ',', '') as "verdictIds"
    from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb) as wanted (id)
    join audit.access_profile profile on profile.id = wanted.id::integer`;
  return rows.map(({ id, verdictIds }) => ({
    id,
    verdictIds: verdictIds.split(',').map((text) => (text === '' ? null : Number(text))),
  }));
}

const verdictSchema = z.object({
  id: z.number(),
  decision: z.enum(['allowed', 'conditional', 'unknown']),
  residual: residualSchema.nullable(),
  reasons: z.array(reasonSchema),
  limits: z.array(limitSchema),
});

async function readVerdicts(sql: Sql, ids: ReadonlySet<number>, into: Map<number, HeldVerdict>): Promise<void> {
  if (ids.size === 0) {
    return;
  }
  const rows = await sql`
    select verdict.id, verdict.decision, residual.content as residual, reasons.content as reasons, limits.content as limits
    from jsonb_array_elements_text(${JSON.stringify([...ids])}::text::jsonb) as wanted (id)
    join audit.verdict on verdict.id = wanted.id::integer
    join audit.reasons on reasons.hash = verdict.reasons_hash
    join audit.limits on limits.hash = verdict.limits_hash
    left join audit.residual on residual.hash = verdict.residual_hash`;
  for (const row of rows) {
    const { id, ...verdict } = verdictSchema.parse(row);
    into.set(id, verdict);
  }
}
