import { plainRehearsal, rehearse } from '@ecr-audit/access';
import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { addDatabaseOptions, databaseOptionsSchema } from '../options/database-options.ts';
import { exampleHelp } from '../options/help.ts';
import { oneOf, readOptions, wholeNumber } from '../options/read-options.ts';
import { judge, parseFailOn } from '../rehearse/fail-on.ts';
import { readChangeFile } from '../rehearse/read-change-file.ts';
import { rehearsalCsv } from '../rehearse/rehearsal-csv.ts';
import { rehearsalText } from '../rehearse/rehearsal-text.ts';
import { rehearsedSnapshot } from '../rehearse/rehearsed-snapshot.ts';
import { printable } from '../terminal/printable.ts';

const optionsSchema = databaseOptionsSchema.extend({
  snapshot: z.string().min(1, 'expected a snapshot directory').optional(),
  target: z.string().min(1, 'expected a target, such as `account:111122223333`').optional(),
  change: z.string({ error: 'expected a file with changes' }).min(1, 'expected a file with changes'),
  failOn: z
    .string()
    .transform((text, context) => {
      const parsed = parseFailOn(text);
      if (typeof parsed === 'string') {
        context.addIssue({ code: 'custom', message: parsed });
        return z.NEVER;
      }
      return parsed;
    })
    .optional(),
  format: oneOf('table', 'json', 'csv'),
  days: wholeNumber(1, 3650),
});

const command = addDatabaseOptions(
  new Command('rehearse').description(
    'try changes of policies on a snapshot: who gains, who loses, and who used what they lose',
  ),
)
  .option('--change <file>', 'the changes, in JSON or YAML')
  .option('--snapshot <dir>', 'a snapshot directory instead of the latest scan in the database')
  .option('--target <key>', 'which target of the database (default: that of the latest scan)')
  .option('--fail-on <list>', 'exit with 5 where anything of this happens, as gained:push,lost:pull,used')
  .option('--format <format>', 'table, json or csv', 'table')
  .option('--days <n>', 'how many days of use before the snapshot count', '90')
  .addHelpText(
    'after',
    exampleHelp(
      '# proposal.yaml',
      'changes:',
      '  - change: setRepositoryPolicy',
      '    repository: arn:aws:ecr:eu-west-1:111122223333:repository/team/app',
      '    document: {"Version": "2012-10-17", "Statement": [...]}',
      '  - change: detachManagedPolicy',
      '    policy: arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser',
      '    identity: arn:aws:iam::111122223333:role/ci',
      'ecr-audit rehearse --snapshot DIR --change proposal.yaml --fail-on gained:push,used',
    ).concat(`

Changes are made one after the other. Each is one of
  putManagedPolicy, deleteManagedPolicy         policy [, document]
  attachManagedPolicy, detachManagedPolicy      policy, identity (user, role or group) [, document of a policy not known]
  putInlinePolicy, deleteInlinePolicy           identity, name [, document]
  putPermissionsBoundary                        identity (user or role), policy [, document of a policy not known]
  deletePermissionsBoundary                     identity
  setRepositoryPolicy, deleteRepositoryPolicy   repository [, document]
  putRegistryPolicy, deleteRegistryPolicy       account, region [, document]
  putServiceControlPolicy, deleteServiceControlPolicy          name [, document]
  attachServiceControlPolicy, detachServiceControlPolicy       name, target (root, unit, account) [, document]
  and the same four with ResourceControlPolicy
Documents may be JSON text or stand in the file as they are. One that AWS would refuse is refused, with line and column.

--fail-on takes gained, lost, widened, narrowed (a condition less or more), altered (another condition), changed (any of
them) and used (a use that is lost or bound to another condition), each for all actions or behind a colon for a capability
(pull, push, delete, administer, replicate) or action (ecr:PutImage). What may be gained or lost and is not certain counts.
Exit codes of its own: 5 where anything of --fail-on happens; 3 where use is asked for and not known, because events were
not wholly observed. 2 for changes that cannot be made.`),
  );

export const rehearseCommand = { command, action: rehearseChanges };

async function rehearseChanges(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(optionsSchema, given);
  const file = await readChangeFile(options.change);
  const { snapshot, withUse } = await rehearsedSnapshot(context, options);
  context.progress.update('comparing before and after');
  const result = rehearse(snapshot, file.value, null);
  if (result.kind === 'refused') {
    throw new CliError('inputUnreadable', `cannot rehearse these changes\n${file.describe(result.problems)}`);
  }
  context.progress.update('reading what was used');
  const rehearsal = plainRehearsal(await withUse(result.rehearsal));
  context.progress.clear();
  switch (options.format) {
    case 'table':
      await context.output.write(printable(rehearsalText(rehearsal, options.days)));
      break;
    case 'json':
      await context.output.write(`${JSON.stringify(rehearsal, null, 2)}\n`);
      break;
    case 'csv':
      for (const text of rehearsalCsv(rehearsal)) {
        await context.output.write(text);
      }
      break;
    default:
      options.format satisfies never;
  }
  const { met, undecided } = judge(options.failOn ?? [], rehearsal);
  if (met.length > 0) {
    say(`fails on ${met.map(({ text }) => `\`${text}\``).join(', ')}`);
    return exitCodes.failOn;
  }
  if (undecided.length > 0) {
    say(`cannot tell \`${undecided.map(({ text }) => text).join(', ')}\`: use was not wholly observed`);
    return exitCodes.gaps;
  }
  return exitCodes.done;
}

function say(message: string): void {
  process.stderr.write(`ecr-audit: ${printable(message)}\n`);
}
