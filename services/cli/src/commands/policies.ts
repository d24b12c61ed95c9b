import { POWERS, saysAnything } from '@ecr-audit/access';
import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { addDatabaseOptions, databaseOptionsSchema } from '../options/database-options.ts';
import { exampleHelp } from '../options/help.ts';
import { oneOf, readOptions } from '../options/read-options.ts';
import { formatPolicies } from '../policies/format-policies.ts';
import { listedPolicies } from '../policies/listed-policies.ts';
import { counted } from '../report/counted.ts';
import { printable } from '../terminal/printable.ts';

const optionsSchema = databaseOptionsSchema.extend({
  snapshot: z.string().min(1, 'expected a snapshot directory').optional(),
  target: z.string().min(1, 'expected a target, such as `account:111122223333`').optional(),
  policies: z.string().min(1, 'expected a file').optional(),
  by: oneOf(...POWERS),
  all: z.boolean().default(false),
  format: oneOf('table', 'json', 'ndjson', 'csv'),
});

const command = addDatabaseOptions(
  new Command('policies').description(
    'which managed policies bring rights of ECR, to whom, and who would be freed without',
  ),
)
  .option('--snapshot <dir>', 'policies of a snapshot directory instead of the latest scan in the database')
  .option('--target <key>', 'which target of the database (default: that of the latest scan)')
  .option('--policies <file>', 'these policies: one JSON line each with Arn, PolicyName, DefaultVersionId, Document')
  .option(
    '--by <what>',
    'what the policies are ranked by: ecr (any right of it), push, administer, delete or pull',
    'ecr',
  )
  .option('--all', 'also list policies that say nothing of ECR')
  .option('--format <format>', 'table, json, ndjson or csv', 'table')
  .addHelpText(
    'after',
    exampleHelp(
      'ecr-audit policies --snapshot snapshot --by push',
      '# any list of policies, without a snapshot: nobody is counted then, and `principals` is null',
      'ecr-audit policies --policies aws-managed-policies.ndjson --format ndjson',
    ).concat(`

With --policies and one of --snapshot, --target, --database-url or --data the file's policies are listed with those who
hold policies of these ARNs.`),
  );

export const policiesCommand = { command, action: policies };

async function policies(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(optionsSchema, given);
  const listed = await listedPolicies(context, options);
  context.progress.clear();
  const shown = options.all ? listed : listed.filter(saysAnything);
  const text = formatPolicies(shown, options.format);
  await context.output.write(options.format === 'table' ? printable(text) : text);
  const broken = shown.filter(({ isWhole }) => !isWhole);
  if (broken.length > 0) {
    // Beside the list, whose form is fixed: what cannot be read may say anything.
    const names = broken.slice(0, 5).map(({ arn }) => `\`${arn}\``);
    process.stderr.write(
      `${printable(`ecr-audit: ${counted(broken.length, 'policy', 'policies')} could not be read in full, and may say more: ${names.join(', ')}`)}\n`,
    );
  }
  return exitCodes.done;
}
