import { createApiToken, listApiTokens, revokeApiToken } from '@ecr-audit/store';
import { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { momentOf } from '../exceptions/moment.ts';
import { exitCodes } from '../exit-codes.ts';
import { openDatabase } from '../open-database.ts';
import { addDatabaseOptions } from '../options/database-options.ts';
import { exampleHelp } from '../options/help.ts';
import { readOptions } from '../options/read-options.ts';
import { systemUser } from '../options/system-user.ts';
import { printable } from '../terminal/printable.ts';
import { createSchema, listSchema, revokeSchema } from '../tokens/token-options.ts';
import { tokenLines } from '../tokens/token-rows.ts';

const createCommand = addDatabaseOptions(
  new Command('create').description('make a token for the API; it is shown once, and kept nowhere'),
)
  .requiredOption('--name <name>', 'who or what uses it, for the audit log')
  .requiredOption(
    '--scope <scope>',
    'read, operate (scans, acknowledging, sending again) or admin (approving, the audit log)',
  )
  .option('--accounts <ids>', 'only what is about these accounts (default: all)')
  .option('--expires <time>', '`90d`, a day such as 2027-03-31, an ISO time, or never', '90d')
  .option('--format <format>', 'text, which is the token alone on standard output, or json', 'text')
  .addHelpText(
    'after',
    exampleHelp(
      'ecr-audit tokens create --name dashboards --scope read > token',
      'curl -H "authorization: Bearer $(cat token)" localhost:8080/v1/repositories',
    ).concat(`

A scope includes those before it. A token that is limited to accounts sees what is about their registries; answers about a whole
organization, such as drift, are refused to it. The database keeps a hash of a token, and when it was used last.`),
  );

const listCommand = addDatabaseOptions(new Command('list').description('list tokens, and when they were used last'))
  .option('--all', 'also those that are revoked or expired')
  .option('--format <format>', 'table or json', 'table')
  .addHelpText('after', exampleHelp('ecr-audit tokens list'));

const revokeCommand = addDatabaseOptions(
  new Command('revoke')
    .description('revoke a token: no request that comes after it is let in')
    .argument('<token>', 'id or name, never the token itself'),
).addHelpText('after', exampleHelp('ecr-audit tokens revoke dashboards'));

export const tokensCommands = {
  group: new Command('tokens').description('make, list and revoke tokens of the API'),
  commands: [
    { command: createCommand, action: create },
    { command: listCommand, action: list },
    { command: revokeCommand, action: revoke },
  ],
};

async function create(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(createSchema, given);
  const now = context.now();
  const expiresAt = options.expires === 'never' ? null : momentOf(options.expires, now);
  if (options.expires !== 'never' && (expiresAt === null || Date.parse(expiresAt) <= now.getTime())) {
    throw new CliError(
      'optionInvalid',
      `cannot use \`--expires\`: expected \`90d\`, a day or an ISO time that is still to come, or \`never\`, found \`${options.expires}\``,
    );
  }
  const { store } = await openDatabase(context, options);
  const { name, scope, accounts = null } = options;
  const created = await createApiToken(store, {
    name,
    scope,
    accountIds: accounts,
    expiresAt,
    by: systemUser(),
    at: now.toISOString(),
  });
  context.progress.clear();
  if (created === null) {
    throw new CliError(
      'optionInvalid',
      `cannot use \`--name\`: there is a token \`${name}\` already; \`ecr-audit tokens revoke\` ends it`,
    );
  }
  const { token, secret } = created;
  await context.output.write(
    options.format === 'json' ? `${JSON.stringify({ token: secret, ...withoutPast(token) })}\n` : `${secret}\n`,
  );
  const until = token.expiresAt === null ? 'it never expires' : `it expires ${token.expiresAt}`;
  context.progress.note(printable(`Token \`${name}\` with the scope \`${scope}\`; ${until}. It is not shown again.`));
  return exitCodes.done;
}

function withoutPast({ id, name, scope, accountIds, expiresAt }: Parameters<typeof tokenLines>[0][number]): object {
  return { id, name, scope, accountIds, expiresAt };
}

async function list(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(listSchema, given);
  const now = context.now();
  const { store } = await openDatabase(context, options);
  const tokens = await listApiTokens(store.sql, { openAt: options.all ? null : now.toISOString() });
  context.progress.clear();
  await context.output.write(
    options.format === 'json'
      ? `${JSON.stringify({ tokens })}\n`
      : tokens.length === 0
        ? 'No tokens.\n'
        : `${tokenLines(tokens, now).join('\n')}\n`,
  );
  return exitCodes.done;
}

async function revoke(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(revokeSchema, given);
  const { store } = await openDatabase(context, options);
  const at = context.now().toISOString();
  // Who gives the token itself has it in the history of a shell by then; it is not looked for, nor repeated.
  const revoked = await revokeApiToken(store, { token: options.token, by: systemUser(), at });
  context.progress.clear();
  if (revoked === null) {
    throw new CliError(
      'optionInvalid',
      'no such token is in force: expected the id or the name of one that `ecr-audit tokens list` shows',
    );
  }
  await context.output.write(printable(`Revoked: ${revoked.name} (${revoked.id}).\n`));
  return exitCodes.done;
}
