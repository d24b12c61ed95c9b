import type { Store } from '@ecr-audit/store';
import { sizesSchema, type TableSizes } from './page-figures.ts';

/**
 * Tables that hold something else than access: the files of the snapshots, what could not be read, what is to be told.
 * Named rather than the others, so that a table that comes later counts.
 */
const notAccess = new Set(['snapshot_part', 'scan_part', 'scan', 'target', 'collection_gap', 'coverage', 'outbox']);

/** The tables of the access, largest first, with their indexes and whatever space is not used again yet. */
export async function accessTableSizes(store: Store): Promise<TableSizes> {
  const rows = await store.sql`
    select relname as name, pg_total_relation_size(pg_class.oid) as bytes
    from pg_class
    where relnamespace = 'audit'::regnamespace and relkind = 'r'
    order by pg_total_relation_size(pg_class.oid) desc, relname`;
  return sizesSchema.parse(rows).filter(({ name }) => !notAccess.has(name));
}
