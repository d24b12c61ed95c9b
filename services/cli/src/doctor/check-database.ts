import { ConfigurationError, readSecret, redact, type SecretReference } from '@ecr-audit/runtime';
import {
  describeDatabase,
  migrationState,
  openStore,
  READER_ROLE,
  readerState,
  StoreError,
  type Store,
} from '@ecr-audit/store';
import { ok, problem, unknown, warning, type Check } from './check.ts';

/** Whether Postgres answers, can be written, and has the schema of this version. Nothing is migrated. */
export async function checkDatabase(url: SecretReference | null): Promise<readonly Check[]> {
  if (url === null) {
    return [
      unknown(
        'database',
        'no database is named: commands use an embedded one, services need their own',
        'set `DATABASE_URL`, or name its place in `database.url`',
      ),
    ];
  }
  let store: Store | null = null;
  try {
    store = await openStore(await readSecret(url), { applicationName: 'ecr-audit-doctor', connectionsMax: 1 });
    return await describe(store);
  } catch (error) {
    if (error instanceof ConfigurationError) {
      return [unknown('database', `the database was not asked: ${error.message}`)];
    }
    if (error instanceof StoreError) {
      return [problem('database', redact(error.message), 'mend what is said, then run doctor again')];
    }
    throw error;
  } finally {
    await store?.close();
  }
}

async function describe({ sql }: Store): Promise<readonly Check[]> {
  const { version, isWritable } = await describeDatabase(sql);
  const { pending, unknown: newer } = await migrationState(sql);
  return [
    ok('database', `Postgres ${version} answers`),
    ...(isWritable
      ? []
      : [problem('database', 'the server cannot be written: it is a replica, or read only', 'name the primary')]),
    newer.length > 0
      ? problem(
          'database',
          `the database has migrations of a newer version: ${newer.join(', ')}`,
          'run that version everywhere, not this one',
        )
      : pending.length > 0
        ? warning(
            'database',
            `${pending.length === 1 ? 'a migration is' : `${pending.length} migrations are`} not applied yet: ${pending.join(', ')}`,
            'start any service: it applies them',
          )
        : ok('database', 'its schema is the one of this version'),
    ...(await checkReader(sql)),
  ];
}

/** Without the role all works but dashboards, so it is no problem that it may not be made. */
async function checkReader(sql: Store['sql']): Promise<readonly Check[]> {
  const letRead = `\`select audit.let_read('${READER_ROLE}')\` as the owner of the database`;
  switch (await readerState(sql)) {
    case 'ready':
      return [ok('database', `the role \`${READER_ROLE}\` reads the views`)];
    case 'closed':
      return [warning('database', `the role \`${READER_ROLE}\` may not read all views`, `run ${letRead}`)];
    case 'missing':
      return [
        warning(
          'database',
          `dashboards have no role to read with: the user of ecr-audit may not make \`${READER_ROLE}\``,
          `run \`create role ${READER_ROLE} nologin\` as an administrator of the server, then ${letRead}`,
        ),
      ];
    case 'unknown':
      return [];
  }
}
