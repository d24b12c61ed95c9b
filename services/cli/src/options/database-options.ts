import type { Command } from 'commander';
import { z } from 'zod';

/** The options of a command that uses a database. */
export const databaseOptionsSchema = z.object({
  databaseUrl: z.string().min(1, 'expected `postgres://USER:PASSWORD@HOST:PORT/DATABASE`').optional(),
  data: z.string().min(1, 'expected a directory').optional(),
});

export type DatabaseOptions = z.output<typeof databaseOptionsSchema>;

/** Adds them to a command. */
export function addDatabaseOptions(command: Command): Command {
  return command
    .option(
      '--database-url <url>',
      'Postgres to use (default: DATABASE_URL, else an embedded one in the data directory)',
    )
    .option(
      '--data <dir>',
      'data directory of the embedded Postgres (default: ECR_AUDIT_DATA, or the usual place of the system)',
    );
}
