import { checkIndexedText } from '../check-text.ts';
import type { Sql } from '../sql.ts';

/**
 * Returns the ids of all actions by name, after adding those that are new.
 *
 * An id is a place in the lists of profiles. Only what is really new takes one, so the lists stay short.
 */
export async function saveActions(sql: Sql, names: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
  const known = await readActions(sql);
  const added = [...names].filter((name) => !known.has(name)).toSorted();
  if (added.length === 0) {
    return known;
  }
  for (const name of added) {
    checkIndexedText(name, 'the action');
  }
  // Somebody else may be adding the same, so one after the other.
  await sql`lock table audit.action in share row exclusive mode`;
  await sql`
    insert into audit.action (id, name)
    select (select coalesce(max(id), 0) from audit.action) + row_number() over (order by name), name
    from jsonb_array_elements_text(${JSON.stringify(added)}::text::jsonb) as row (name)
    where not exists (select from audit.action where action.name = row.name)`;
  return await readActions(sql);
}

async function readActions(sql: Sql): Promise<ReadonlyMap<string, number>> {
  const rows = await sql<{ id: number; name: string }[]>`select id, name from audit.action`;
  return new Map(rows.map(({ id, name }) => [name, id]));
}
