import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '../context.ts';
import { judgeDrift, parseFailOnDrift } from '../drift/drift-fail-on.ts';
import { formatDrift } from '../drift/format-drift.ts';
import { driftReport } from '../drift/plain-drift.ts';
import { exitCodes } from '../exit-codes.ts';
import { addDatabaseOptions, databaseOptionsSchema } from '../options/database-options.ts';
import { exampleHelp } from '../options/help.ts';
import { oneOf, readOptions } from '../options/read-options.ts';
import { twoSnapshots } from '../policies/two-snapshots.ts';
import { printable } from '../terminal/printable.ts';

const optionsSchema = databaseOptionsSchema.extend({
  target: z.string().min(1, 'expected a target, such as `account:111122223333`').optional(),
  from: z.string().min(1, 'expected a snapshot directory, or the id of a scan').optional(),
  to: z.string().min(1, 'expected a snapshot directory, or the id of a scan').optional(),
  failOn: z
    .string()
    .transform((text, context) => {
      const parsed = parseFailOnDrift(text);
      if (typeof parsed === 'string') {
        context.addIssue({ code: 'custom', message: parsed });
        return z.NEVER;
      }
      return parsed;
    })
    .optional(),
  failOnGaps: z.boolean().default(false),
  format: oneOf('table', 'json', 'ndjson'),
});

const command = addDatabaseOptions(
  new Command('drift').description(
    'whose access changed between two snapshots, because of which difference, and by whose call',
  ),
)
  .option(
    '--from <snapshot>',
    'the earlier one: a directory, the id of a scan, `baseline` or `baseline:ACCOUNT` (default: the scan before)',
  )
  .option('--to <snapshot>', 'the later one: a directory or the id of a scan (default: the latest scan)')
  .option('--target <key>', 'which target of the database (default: that of the latest scan)')
  .option('--fail-on <list>', 'exit with 5 where anything of this happened, as granted:push,widened')
  .option('--fail-on-gaps', 'exit with 3 where something is not known')
  .option('--format <format>', 'table, json or ndjson', 'table')
  .addHelpText(
    'after',
    exampleHelp(
      'ecr-audit drift --from last-week --to this-week',
      'ecr-audit drift --fail-on granted:push,granted:administer',
    ).concat(`

Both snapshots are judged by the rules of today. What either could not read is not known, and never drift; a policy that AWS
writes in another order is the same. Causes are the calls in the snapshots' events or in the database.

--fail-on takes granted, revoked, widened, narrowed (a condition less or more), altered (another condition) and changed (any of
them), each for all actions or behind a colon for a capability (pull, push, delete, administer, replicate) or action
(ecr:PutImage). 3 where nobody can tell, because a snapshot lacks what it rests on.`),
  );

export const driftCommand = { command, action: drift };

async function drift(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(optionsSchema, given);
  const { from, to } = await twoSnapshots(context, options);
  context.progress.update('comparing the two snapshots');
  const report = await driftReport(from, to);
  context.progress.clear();
  for (const text of formatDrift(report, options.format)) {
    await context.output.write(options.format === 'table' ? printable(text) : text);
  }
  const { met, undecided } = judgeDrift(options.failOn ?? [], report);
  if (met.length > 0) {
    say(`fails on ${met.map(({ text }) => `\`${text}\``).join(', ')}`);
    return exitCodes.failOn;
  }
  if (undecided.length > 0) {
    say(`cannot tell ${undecided.map(({ text }) => `\`${text}\``).join(', ')}: something was not read`);
    return exitCodes.gaps;
  }
  const isKnown = report.notKnown.configuration.length + report.notKnown.access.length === 0;
  return options.failOnGaps && !isKnown ? exitCodes.gaps : exitCodes.done;
}

function say(message: string): void {
  process.stderr.write(`ecr-audit: ${printable(message)}\n`);
}
