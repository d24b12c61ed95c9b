import { importActivityFiles, type ImportOutcome } from '@ecr-audit/collector';
import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { openDatabase } from '../open-database.ts';
import { addDatabaseOptions, databaseOptionsSchema } from '../options/database-options.ts';
import { exampleHelp } from '../options/help.ts';
import { oneOf, readOptions } from '../options/read-options.ts';
import { counted } from '../report/counted.ts';
import { printable } from '../terminal/printable.ts';
import { userPath } from '../terminal/paths.ts';

const importSchema = databaseOptionsSchema.extend({
  directory: z.string().min(1, 'expected a directory'),
  format: oneOf('text', 'json'),
  failOnGaps: z.boolean().default(false),
});

const importCommand = addDatabaseOptions(
  new Command('import').description(
    'take in CloudTrail log files, for the time before the 90 days that LookupEvents keeps',
  ),
)
  .argument('<directory>', 'folder with `*.json.gz` files as CloudTrail delivers them, in any folders below')
  .option('--format <format>', 'text or json', 'text')
  .option('--fail-on-gaps', 'exit with 3 where a file is broken or files are missing')
  .addHelpText('after', exampleHelp('ecr-audit activity import AWSLogs/o-example/111122223333'));

export const activityCommands = {
  group: new Command('activity').description('what was used and what changed, from CloudTrail'),
  commands: [{ command: importCommand, action: importFiles }],
};

async function importFiles(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(importSchema, given);
  const { store } = await openDatabase(context, options);
  const stopping = new AbortController();
  context.lifecycle.defer('always', () => stopping.abort());
  const outcome = await importActivityFiles(
    { store },
    {
      directory: userPath(options.directory),
      now: context.now(),
      signal: stopping.signal,
      onProgress: ({ files, events }) =>
        context.progress.update(
          'reading log files',
          `(${files.read + files.known} files, ${counted(events, 'event')})`,
        ),
    },
  );
  context.progress.clear();
  await context.output.write(options.format === 'json' ? `${JSON.stringify(plain(outcome))}\n` : textOf(outcome));
  const hasGaps = outcome.files.broken > 0 || outcome.holes.length > 0;
  return options.failOnGaps && hasGaps ? exitCodes.gaps : exitCodes.done;
}

function textOf(outcome: ImportOutcome): string {
  const { files } = outcome;
  const lines = [
    `${counted(files.read, 'file')} read, ${files.known} known already, ${files.broken} broken, ${files.ignored} not log files.`,
    `${counted(outcome.events, 'event')}: ${counted(outcome.uses, 'use')} and ${counted(outcome.changes, 'change')} were new, ${outcome.rejected} could not be read.`,
    ...outcome.broken.map(({ path, message }) => `  - broken: ${path}: ${message}`),
    ...(outcome.observed.length === 0 ? ['No stretch of time was seen whole.'] : ['Seen:']),
    ...outcome.observed.map((seen) => `  - ${placed(seen)}${seen.eventName === '*' ? '' : ', writes only'}`),
    ...(outcome.holes.length === 0 ? [] : ['Not seen:']),
    ...outcome.holes.map((hole) => `  - ${placed(hole)}: ${hole.message}`),
    '',
  ];
  return printable(lines.join('\n'));
}

type Stretch = ImportOutcome['observed'][number];

function placed({ accountId, region, fromMs, untilMs }: Stretch): string {
  return `${accountId} ${region}, ${new Date(fromMs).toISOString()} to ${new Date(untilMs).toISOString()}`;
}

function plain({ observed, holes, ...counts }: ImportOutcome): object {
  return { ...counts, observed: observed.map(withTimes), holes: holes.map(withTimes) };
}

function withTimes({ fromMs, untilMs, ...rest }: Stretch): object {
  return { ...rest, from: new Date(fromMs).toISOString(), until: new Date(untilMs).toISOString() };
}
