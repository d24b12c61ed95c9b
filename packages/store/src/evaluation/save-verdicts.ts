import type { AccessAnswer } from '@ecr-audit/access';
import type { Sql } from '../sql.ts';
import { contentDictionary, saveDictionary } from './content-dictionary.ts';
import { hashArray, idOf, sha256 } from './content-ids.ts';
import { copyLine, copyRows } from './copy-rows.ts';

/** Returns the ids of answers, none of them a denial, after adding those that are new with their contents. */
export async function saveVerdicts(
  sql: Sql,
  answers: Iterable<AccessAnswer>,
): Promise<ReadonlyMap<AccessAnswer, number>> {
  const dictionaries = {
    residuals: contentDictionary('residual'),
    reasons: contentDictionary('reasons'),
    limits: contentDictionary('limits'),
  };
  const hashes = new Map<AccessAnswer, string>();
  const lines = new Map<string, Line>();
  for (const answer of answers) {
    const residual = answer.residual === null ? null : dictionaries.residuals.hashOf(answer.residual);
    const reasons = dictionaries.reasons.hashOf(answer.reasons);
    const limits = dictionaries.limits.hashOf(answer.limits);
    const hash = sha256(`${answer.decision}\n${residual ?? ''}\n${reasons}\n${limits}`);
    hashes.set(answer, hash);
    lines.set(hash, { decision: answer.decision, residual, reasons, limits });
  }
  const ids = new Map(await readIds(sql, lines.keys()));
  const missing = [...lines].filter(([hash]) => !ids.has(hash));
  if (missing.length > 0) {
    await saveDictionary(
      sql,
      dictionaries.residuals,
      missing.flatMap(([, { residual }]) => residual ?? []),
    );
    await saveDictionary(
      sql,
      dictionaries.reasons,
      missing.map(([, { reasons }]) => reasons),
    );
    await saveDictionary(
      sql,
      dictionaries.limits,
      missing.map(([, { limits }]) => limits),
    );
    await insertVerdicts(sql, missing);
    for (const [hash, id] of await readIds(
      sql,
      missing.map(([hash]) => hash),
    )) {
      ids.set(hash, id);
    }
  }
  return new Map([...hashes].map(([answer, hash]) => [answer, idOf(ids, hash)]));
}

/** A verdict with its contents as hashes. */
interface Line {
  readonly decision: string;
  readonly residual: string | null;
  readonly reasons: string;
  readonly limits: string;
}

async function readIds(sql: Sql, hashes: Iterable<string>): Promise<[string, number][]> {
  const rows = await sql<{ id: number; hash: string }[]>`
    select verdict.id, encode(hash, 'hex') as hash
    from unnest(${hashArray(hashes)}::text::bytea[]) as wanted (hash) join audit.verdict using (hash)`;
  return rows.map(({ id, hash }) => [hash, id]);
}

async function insertVerdicts(sql: Sql, verdicts: readonly (readonly [string, Line])[]): Promise<void> {
  await sql`
    create temp table incoming_verdict (
      hash bytea, decision text, residual_hash bytea, reasons_hash bytea, limits_hash bytea
    ) on commit drop`;
  const lines = verdicts
    .values()
    .map(([hash, { decision, residual, reasons, limits }]) =>
      copyLine([`\\x${hash}`, decision, residual === null ? null : `\\x${residual}`, `\\x${reasons}`, `\\x${limits}`]),
    );
  await copyRows(sql, sql`copy incoming_verdict from stdin`, lines);
  await sql`
    insert into audit.verdict (hash, decision, residual_hash, reasons_hash, limits_hash)
    select hash, decision, residual_hash, reasons_hash, limits_hash from incoming_verdict order by hash
    on conflict (hash) do nothing`;
  await sql`drop table incoming_verdict`;
}
