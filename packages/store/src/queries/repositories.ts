import { z } from 'zod';
import type { Fragment, Sql } from '../sql.ts';
import { existsAsOf, type AsOf } from './as-of.ts';
import { namedLike, ofAccounts } from './name-pattern.ts';

const repositorySchema = z.object({
  id: z.number(),
  arn: z.string(),
  accountId: z.string(),
  region: z.string(),
  name: z.string(),
  firstSeenAt: z.string(),
  goneSince: z.string().nullable(),
});

/**
 * A repository. `firstSeenAt` is the time of the first snapshot that showed it, `goneSince` of the first one that could have
 * shown it and did not; null while it exists.
 */
export type Repository = Readonly<z.infer<typeof repositorySchema>>;

/** What repositories can be narrowed by. */
export interface RepositorySelection {
  /** Of one of these; null is every account. */
  readonly accountIds?: readonly string[] | null;
  readonly region?: string;
  readonly namePrefix?: string;
  /** A name in which `*` stands for any characters. */
  readonly name?: string;
}

export interface RepositoryFilter extends RepositorySelection {
  /** By ARN, upwards where nothing is said. */
  readonly order?: 'up' | 'down';
  /** The ARN of the last one of the page before. */
  readonly afterArn?: string;
  readonly limit: number;
}

/** The repositories that existed at a scan, by ARN. */
export async function listRepositories(sql: Sql, asOf: AsOf, filter: RepositoryFilter): Promise<Repository[]> {
  const { order = 'up', afterArn = null, limit } = filter;
  const rows = await sql`
    ${repositoryColumns(sql)}
    where ${isSelected(sql, asOf, filter)}
      and (
        ${afterArn}::text is null
        or ${order === 'up' ? sql`repository.arn collate "C" > ${afterArn}` : sql`repository.arn collate "C" < ${afterArn}`}
      )
    order by repository.arn collate "C" ${order === 'up' ? sql`` : sql`desc`}
    limit ${limit}`;
  return rows.map((row) => repositorySchema.parse(row));
}

/** How many there are. */
export async function countRepositories(sql: Sql, asOf: AsOf, selection: RepositorySelection): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*) from audit.repository where ${isSelected(sql, asOf, selection)}`;
  return row?.count ?? 0;
}

function isSelected(sql: Sql, asOf: AsOf, selection: RepositorySelection): Fragment {
  const { region = null, namePrefix = '', name } = selection;
  return sql`
    repository.target_id = ${asOf.targetId} and ${existsAsOf(sql, 'repository', asOf)}
      and ${ofAccounts(sql, sql`repository.account_id`, selection.accountIds)}
      and (${region}::text is null or repository.region = ${region})
      and starts_with(repository.name, ${namePrefix})
      and ${namedLike(sql, sql`repository.name`, name)}`;
}

/** One repository of a target, also one that is gone; null where the target never had it. */
export async function findRepository(sql: Sql, asOf: AsOf, id: number): Promise<Repository | null> {
  const [row] = await sql`
    ${repositoryColumns(sql)} where repository.target_id = ${asOf.targetId} and repository.id = ${id}`;
  return row === undefined ? null : repositorySchema.parse(row);
}

function repositoryColumns(sql: Sql): ReturnType<Sql['unsafe']> {
  return sql`
    select
      repository.id, repository.arn, repository.account_id as "accountId", repository.region, repository.name,
      first.taken_at as "firstSeenAt", gone.taken_at as "goneSince"
    from audit.repository
    join audit.scan as first on first.evaluation = repository.first_seen_scan
    left join audit.scan as gone on gone.evaluation = repository.gone_since_scan`;
}
