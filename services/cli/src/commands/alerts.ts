import type { Alert } from '@ecr-audit/access';
import { inOnePost, notConfigured, renderText, sinksFromEnvironment, slackMessage } from '@ecr-audit/notifier';
import { listDeadDeliveries, retryDeadDeliveries } from '@ecr-audit/store';
import { Command } from 'commander';
import { z } from 'zod';
import { exampleAlert } from '../alerts/example-alert.ts';
import { plannedAlerts } from '../alerts/planned-alerts.ts';
import { messageOf, sendToEach } from '../alerts/send-example.ts';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { openDatabase } from '../open-database.ts';
import { addDatabaseOptions, databaseOptionsSchema } from '../options/database-options.ts';
import { exampleHelp } from '../options/help.ts';
import { oneOf, readOptions, wholeNumber } from '../options/read-options.ts';
import { textTable } from '../report/text-table.ts';
import { printable } from '../terminal/printable.ts';
import { chosenConfiguration } from './config.ts';

const deadShownMax = 1_000;
const outboxIdMax = 999_999_999;

const file = z.string().min(1, 'expected a file');
const testSchema = z.object({
  config: file.optional(),
  render: z.boolean().default(false),
  format: oneOf('text', 'json'),
});
const planSchema = z.object({
  findings: file,
  said: file.optional(),
  snapshot: z.string().min(1, 'expected a directory').optional(),
  config: file.optional(),
  format: oneOf('text', 'ndjson', 'slack'),
});
const deadSchema = databaseOptionsSchema.extend({ format: oneOf('text', 'json') });
const retrySchema = databaseOptionsSchema.extend({
  id: wholeNumber(1, outboxIdMax).optional(),
  sink: z.string().min(1, 'expected the name of a sink').optional(),
  all: z.boolean().default(false),
});

const testCommand = new Command('test')
  .description('send one example to each configured sink, and say what each answered and what is not configured')
  .option('--render', 'show it as people would read it in Slack, and send nothing')
  .option('--config <file>', 'configuration file with the routes (default: ECR_AUDIT_CONFIG, else none)')
  .option('--format <format>', 'text or json', 'text')
  .addHelpText('after', exampleHelp('ecr-audit alerts test', 'ecr-audit alerts test --render'));

const planCommand = new Command('plan')
  .description('show which alerts findings would come to: to whom, when, and in what words')
  .requiredOption('--findings <file>', 'what `ecr-audit findings --format json` or `ndjson` printed')
  .option('--said <file>', 'what this command printed before as ndjson; without it, as after the first scan')
  .option('--snapshot <dir>', 'snapshot with the tags of the repositories, for routes by tag')
  .option('--config <file>', 'configuration file with the routes (default: ECR_AUDIT_CONFIG, else none)')
  .option('--format <format>', 'text, ndjson, or slack (the blocks of one post)', 'text')
  .addHelpText(
    'after',
    exampleHelp('ecr-audit alerts plan --findings now.json --said told.ndjson --format ndjson >> told.ndjson'),
  );

const deadCommand = addDatabaseOptions(
  new Command('dead').description('list the messages that were given up, with what their sink said last'),
)
  .option('--format <format>', 'text or json', 'text')
  .addHelpText('after', exampleHelp('ecr-audit alerts dead --database-url postgres://audit@db/audit'));

const retryCommand = addDatabaseOptions(
  new Command('retry').description('send messages again that were given up; the notifier does it within a second'),
)
  .option('--id <number>', 'only this message')
  .option('--sink <name>', 'only to this sink')
  .option('--all', 'every message that was given up')
  .addHelpText('after', exampleHelp('ecr-audit alerts retry --sink slack', 'ecr-audit alerts retry --id 17'));

export const alertsCommands = {
  group: new Command('alerts').description('try where alerts go, see what they would say, send given up ones again'),
  commands: [
    { command: testCommand, action: test },
    { command: planCommand, action: plan },
    { command: deadCommand, action: dead },
    { command: retryCommand, action: retry },
  ],
};

async function test(context: CommandContext, given: unknown): Promise<number> {
  const { config, render, format } = readOptions(testSchema, given);
  const { alerts: settings } = await chosenConfiguration(config);
  const alert = exampleAlert(settings, context.now());
  if (render) {
    await context.output.write(printable(rendered(alert, context.now())));
    return exitCodes.done;
  }
  // Standard output is for what each answered: the line that the notifier would write there goes beside it.
  const sinkOptions = { stream: process.stderr, now: context.now };
  const missing = notConfigured(process.env, sinkOptions);
  const sinks = sinksFromEnvironment(process.env, sinkOptions);
  const sent = await sendToEach(sinks, messageOf(alert, context.now()));
  await context.output.write(
    format === 'json'
      ? `${JSON.stringify({ sent, notConfigured: missing })}\n`
      : printable(
          [
            ...sent.map(({ sink, isDelivered, answer }) => `${isDelivered ? 'ok ' : 'NOT'} ${sink}: ${answer}\n`),
            ...missing.map(({ what, how }) => `--  ${what}: not configured: ${how}\n`),
          ].join(''),
        ),
  );
  return sent.every(({ isDelivered }) => isDelivered) ? exitCodes.done : exitCodes.notReachable;
}

async function plan(context: CommandContext, given: unknown): Promise<number> {
  const { format, findings, said, snapshot, config } = readOptions(planSchema, given);
  const alerts = await plannedAlerts(context, { findings, said, snapshot, config });
  context.progress.clear();
  for (const alert of alerts) {
    await context.output.write(alertText(alert, format, context.now()));
  }
  if (format === 'text') {
    const told = alerts.reduce((sum, alert) => sum + alert.findings.length, 0);
    await context.output.write(`${alerts.length} alerts, ${told} findings\n`);
  }
  return exitCodes.done;
}

function alertText(alert: Alert, format: 'text' | 'ndjson' | 'slack', now: Date): string {
  if (format === 'ndjson') {
    return `${JSON.stringify(alert)}\n`;
  }
  if (format === 'slack') {
    const message = slackMessage(messageOf(alert, now));
    return `${JSON.stringify(message === null ? null : inOnePost(message))}\n`;
  }
  const to = `to ${alert.channel ?? 'the channel of the sink'}, ${alert.notBefore ?? 'at once'}`;
  return printable(`[${to}]\n${rendered(alert, now)}\n`);
}

function rendered(alert: Alert, now: Date): string {
  const message = slackMessage(messageOf(alert, now));
  return message === null ? '' : `${renderText(message)}\n`;
}

async function dead(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(deadSchema, given);
  const { store } = await openDatabase(context, options);
  const deliveries = await listDeadDeliveries(store.sql, { limit: deadShownMax });
  context.progress.clear();
  const rows = deliveries.map(({ id, sink, kind, createdAt, attempts, lastFailure }) =>
    [String(id), sink, kind, createdAt, String(attempts), lastFailure ?? ''].map(printable),
  );
  await context.output.write(
    options.format === 'json'
      ? `${JSON.stringify({ dead: deliveries })}\n`
      : rows.length === 0
        ? 'No message was given up.\n'
        : `${textTable(['id', 'sink', 'kind', 'created', 'attempts', 'last failure'], rows).join('\n')}\n`,
  );
  return exitCodes.done;
}

async function retry(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(retrySchema, given);
  const { id = null, sink = null, all } = options;
  if (!all && id === null && sink === null) {
    throw new CliError('optionInvalid', 'cannot tell what to send again: expected `--id`, `--sink` or `--all`');
  }
  const { store } = await openDatabase(context, options);
  const retried = await retryDeadDeliveries(store.sql, { id, sink });
  context.progress.clear();
  await context.output.write(`${retried === 1 ? '1 message goes' : `${retried} messages go`} out again.\n`);
  return exitCodes.done;
}
