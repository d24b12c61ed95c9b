import type { Sql } from '../sql.ts';

/**
 * The schema `audit` as text, in an order that depends on names only.
 *
 * It is what a reviewer of a migration reads; `pg_dump` is not part of the embedded Postgres, and adds much noise.
 */
export async function describeSchema(sql: Sql): Promise<string> {
  const sections = [await tables(sql), await views(sql), await functions(sql)];
  return `${sections.flat().join('\n\n')}\n`;
}

async function tables(sql: Sql): Promise<string[]> {
  const rows = await sql<{ text: string }[]>`
    select format(E'table %s%s\n%s', c.relname, coalesce(' -- ' || obj_description(c.oid, 'pg_class'), ''),
      concat_ws(E'\n',
        (select string_agg(format('  %s %s%s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
            case when a.attnotnull then ' not null' else '' end,
            case when a.attidentity <> '' then ' generated always as identity' else '' end,
            coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''),
            coalesce(' -- ' || col_description(c.oid, a.attnum), '')), E'\n' order by a.attnum)
         from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
        (select string_agg(format('  constraint %s %s', k.conname, pg_get_constraintdef(k.oid)), E'\n' order by k.conname)
         from pg_constraint k where k.conrelid = c.oid and k.contype <> 'n'),
        (select string_agg('  ' || pg_get_indexdef(i.indexrelid), E'\n' order by i.indexrelid::regclass::text)
         from pg_index i where i.indrelid = c.oid
           and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = c.oid))
      )) as text
    from pg_class c
    where c.relnamespace = 'audit'::regnamespace and c.relkind = 'r'
    order by c.relname collate "C"`;
  return rows.map(({ text }) => text);
}

async function views(sql: Sql): Promise<string[]> {
  const rows = await sql<{ text: string }[]>`
    select format(E'view %s%s\n%s\n%s', c.relname, coalesce(' -- ' || obj_description(c.oid, 'pg_class'), ''),
      (select string_agg(format('  %s %s%s', a.attname, format_type(a.atttypid, a.atttypmod),
          coalesce(' -- ' || col_description(c.oid, a.attnum), '')), E'\n' order by a.attnum)
       from pg_attribute a where a.attrelid = c.oid and a.attnum > 0),
      pg_get_viewdef(c.oid, true)) as text
    from pg_class c
    where c.relnamespace = 'audit'::regnamespace and c.relkind = 'v'
    order by c.relname collate "C"`;
  return rows.map(({ text }) => text);
}

async function functions(sql: Sql): Promise<string[]> {
  const rows = await sql<{ text: string }[]>`
    select rtrim(pg_get_functiondef(p.oid)) as text
    from pg_proc p where p.pronamespace = 'audit'::regnamespace
    order by p.proname collate "C"`;
  return rows.map(({ text }) => text);
}
