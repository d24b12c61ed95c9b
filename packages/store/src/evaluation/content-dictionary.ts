import { StoreError } from '../errors.ts';
import type { Sql } from '../sql.ts';
import { canonicalJson } from './canonical-json.ts';
import { sha256 } from './content-ids.ts';
import { copyLine, copyRows } from './copy-rows.ts';

/** The tables that keep each content once. */
export type DictionaryTable = 'residual' | 'reasons' | 'limits';

/** Collects the distinct contents of one dictionary table while the cells are written. */
export interface ContentDictionary {
  readonly table: DictionaryTable;
  /** SHA-256 in hex. Throws `invalidText` for what jsonb cannot hold. */
  hashOf(content: object): string;
  /** JSON text by hash, of everything that was asked for. */
  readonly contents: ReadonlyMap<string, string>;
}

export function contentDictionary(table: DictionaryTable): ContentDictionary {
  // The evaluator shares a content among thousands of cells, so most look-ups end at the object itself.
  const hashByObject = new Map<object, string>();
  const hashByText = new Map<string, string>();
  const contents = new Map<string, string>();
  const hashOf = (content: object): string => {
    const known = hashByObject.get(content);
    if (known !== undefined) {
      return known;
    }
    const text = canonicalJson(content);
    let hash = hashByText.get(text);
    if (hash === undefined) {
      refuseUnstorable(text, table);
      hash = sha256(text);
      hashByText.set(text, hash);
      contents.set(hash, text);
    }
    hashByObject.set(content, hash);
    return hash;
  };
  return { table, hashOf, contents };
}

/**
 * Adds those of `hashes` that the table lacks. In the order of the hashes, because two evaluations in different orders could
 * deadlock.
 */
export async function saveDictionary(
  sql: Sql,
  { table, contents }: ContentDictionary,
  hashes: Iterable<string>,
): Promise<void> {
  const wanted = new Set(hashes);
  if (wanted.size === 0) {
    return;
  }
  const staging = sql(`incoming_${table}`);
  await sql`create temp table ${staging} (hash bytea, content text) on commit drop`;
  const lines = contents
    .entries()
    .filter(([hash]) => wanted.has(hash))
    .map(([hash, text]) => copyLine([`\\x${hash}`, text]));
  await copyRows(sql, sql`copy ${staging} from stdin`, lines);
  await sql`
    insert into ${sql(`audit.${table}`)} (hash, content)
    select hash, content::jsonb from ${staging} order by hash
    on conflict (hash) do nothing`;
  await sql`drop table ${staging}`;
}

// JSON.stringify writes a zero byte and half a surrogate pair as escapes, and jsonb refuses exactly these.
function refuseUnstorable(text: string, table: DictionaryTable): void {
  const escape = /(?<!\\)(?:\\\\)*\\u(0000|d[89a-f][0-9a-f]{2})/.exec(text);
  if (escape === null) {
    return;
  }
  throw new StoreError(
    'invalidText',
    `cannot store a value of the ${table} \`${text.slice(Math.max(0, escape.index - 60), escape.index + 20)}\`: expected text without zero bytes and without half a surrogate pair`,
  );
}
