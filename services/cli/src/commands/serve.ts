import { authenticationOf, checkMayBeOpen } from '@ecr-audit/api';
import { createLogger, readConfiguration, settings } from '@ecr-audit/runtime';
import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { openDatabase } from '../open-database.ts';
import { addCredentialOptions, credentialOptionsSchema } from '../options/aws-options.ts';
import { addDatabaseOptions, databaseOptionsSchema } from '../options/database-options.ts';
import { exampleHelp } from '../options/help.ts';
import { readOptions, wholeNumber } from '../options/read-options.ts';
import { startApi } from '../serving.ts';
import { userPath } from '../terminal/paths.ts';
import { startWorkers } from '../start-workers.ts';

const portMax = 65_535;

const schema = credentialOptionsSchema.extend(databaseOptionsSchema.shape).extend({
  host: z.string().min(1, 'expected a host name or an address').optional(),
  port: wholeNumber(0, portMax).optional(),
  every: z.string().min(1, 'expected an interval such as `24h`').optional(),
  config: z.string().min(1, 'expected a configuration file').optional(),
  auth: z.boolean().default(true),
});

const command = addDatabaseOptions(
  addCredentialOptions(
    new Command('serve')
      .description('standalone mode: API, workers and, with --every or --config, scans on a schedule in one process')
      .option('--host <host>', 'address to listen on (default: HOST, else 127.0.0.1)')
      .option('--port <n>', 'port to listen on, 0 for any free one (default: PORT, else 8080)')
      .option(
        '--every <interval>',
        'scan the account of the AWS credentials at this interval, or by a cron expression in UTC',
      )
      .option('--config <file>', 'scan what this configuration file says, when it says so')
      .option('--no-auth', 'let whoever is on this machine ask the API; only on a loopback address'),
  ),
).addHelpText(
  'after',
  exampleHelp(
    'ecr-audit serve',
    'ecr-audit serve --every 24h --regions eu-west-1,us-east-1',
    'ecr-audit serve --config ecr-audit.yaml',
  ).concat(`

The API asks for a token, which "ecr-audit tokens create" makes, or for one of an issuer that the file names under api.
REDIS_URL moves the queues from Postgres to Redis. Standard output carries one line of JSON for each finished scan.`),
);

export const serveCommand = { command, action: serve };

async function serve(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(schema, given);
  const { host, port, logLevel, redisUrl } = readConfiguration({
    host: settings.host,
    port: settings.port,
    logLevel: settings.logLevel,
    redisUrl: settings.redisUrl,
  });
  const logger = createLogger('serve', { level: logLevel });
  const database = await openDatabase(context, options);
  const config = options.config === undefined ? undefined : userPath(options.config);
  const { api } = await startWorkers(context, { ...options, config, database, redisUrl, logger });
  const authentication = options.auth ? authenticationOf(api) : 'off';
  const listensOn = options.host ?? host;
  if (authentication === 'off') {
    checkMayBeOpen(listensOn);
  }
  const url = await startApi(context, {
    database,
    logger,
    host: listensOn,
    port: options.port ?? port,
    authentication,
    origins: api.origins,
  });
  context.progress.note(`Serving on ${url} until Ctrl-C.`);
  await context.lifecycle.untilStopped();
  return exitCodes.done;
}
