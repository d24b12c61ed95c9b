import { managedPolicyChanges, saysAnything } from '@ecr-audit/access';
import { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { addCredentialOptions } from '../options/aws-options.ts';
import { addDatabaseOptions } from '../options/database-options.ts';
import { exampleHelp } from '../options/help.ts';
import { readOptions } from '../options/read-options.ts';
import { formatChanges } from '../policies/format-changes.ts';
import { formatPolicies } from '../policies/format-policies.ts';
import { listedPolicies, type ListedPolicy } from '../policies/listed-policies.ts';
import { type PoliciesOptions, policiesOptionsSchema, refusePoliciesMixture } from '../policies/policies-options.ts';
import { twoSnapshots } from '../policies/two-snapshots.ts';
import { counted } from '../report/counted.ts';
import { describeGap } from '../report/describe-gap.ts';
import { printable } from '../terminal/printable.ts';

const command = addCredentialOptions(
  addDatabaseOptions(
    new Command('policies').description(
      'which managed policies bring rights of ECR, to whom, who would be freed without, and what changed in them',
    ),
  )
    .option('--snapshot <dir>', 'policies of a snapshot directory instead of the latest scan in the database')
    .option('--target <key>', 'which target of the database (default: that of the latest scan)')
    .option('--policies <file>', 'these policies: one JSON line each with Arn, PolicyName, DefaultVersionId, Document')
    .option('--live', 'all policies that AWS manages, read from AWS')
    .option('--cache <dir>', 'where their documents are kept (default: ecr-audit/managed-policies in XDG_CACHE_HOME)'),
)
  .option('--changed', 'what changed in managed policies between two snapshots, and whose access that changed')
  .option('--from <snapshot>', 'the earlier one: a directory or the id of a scan (default: the scan before)')
  .option('--to <snapshot>', 'the later one: a directory or the id of a scan (default: the latest scan)')
  .option(
    '--by <what>',
    'what the policies are ranked by: ecr (any right of it), push, administer, delete or pull',
    'ecr',
  )
  .option('--all', 'also list policies that say nothing of ECR, or changed in nothing that they say of it')
  .option('--fail-on-gaps', 'exit with 3 where something could not be read')
  .option('--format <format>', 'table, json, ndjson or csv', 'table')
  .addHelpText(
    'after',
    exampleHelp(
      'ecr-audit policies --snapshot snapshot --by push',
      '# any list of policies, without a snapshot: nobody is counted then, and `principals` is null',
      'ecr-audit policies --policies aws-managed-policies.ndjson --format ndjson',
      'ecr-audit policies --live --regions eu-west-1',
      'ecr-audit policies --changed --from last-week --to this-week',
    ).concat(`

With --policies or --live and one of --snapshot, --target, --database-url or --data those policies are listed with who holds
policies of these ARNs.

--live needs iam:ListPolicies and iam:GetPolicyVersion, which scans do not: AWS's policy SecurityAudit has both. A version never
changes, so each is read once and kept. A policy that cannot be read is named and not listed: it may say anything.

--changed evaluates the earlier snapshot with the later version of one policy in place. A policy or account that either snapshot
lacks is not known, and never lost.`),
  );

export const policiesCommand = { command, action: policies };

async function policies(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(policiesOptionsSchema, given);
  refusePoliciesMixture(options);
  const hasGaps = options.changed ? await tellChanges(context, options) : await tellPolicies(context, options);
  return options.failOnGaps && hasGaps ? exitCodes.gaps : exitCodes.done;
}

/** Writes the list; tells whether something could not be read. */
async function tellPolicies(context: CommandContext, options: PoliciesOptions): Promise<boolean> {
  const { policies: listed, gaps } = await listedPolicies(context, options);
  context.progress.clear();
  const broken: string[] = [];
  function* shown(): Generator<ListedPolicy> {
    for (const policy of listed) {
      if (!policy.isWhole) {
        broken.push(policy.arn);
      }
      if (options.all || saysAnything(policy)) {
        yield policy;
      }
    }
  }
  await write(context, formatPolicies(shown(), gaps, options.format), options);
  if (broken.length > 0) {
    // Beside the list, whose form is fixed: what cannot be read may say anything.
    const names = broken.slice(0, namesMax).map((arn) => `\`${arn}\``);
    say(
      `${counted(broken.length, 'policy', 'policies')} could not be read in full, and may say more: ${names.join(', ')}${rest(broken)}`,
    );
  }
  if (gaps.length > 0 && options.format !== 'table') {
    say(
      `${counted(gaps.length, 'policy', 'policies')} could not be read, and may say anything${rest(gaps)}:\n${gaps
        .slice(0, namesMax)
        .map((gap) => `  ${describeGap(gap)}`)
        .join('\n')}`,
    );
  }
  return broken.length > 0 || gaps.length > 0;
}

/** Writes what changed; tells whether something is not known. */
async function tellChanges(context: CommandContext, options: PoliciesOptions): Promise<boolean> {
  const { from, to } = await twoSnapshots(context, options);
  context.progress.update('evaluating the earlier snapshot with the later policies');
  const found = managedPolicyChanges(from, to);
  const changes = options.all ? found.changes : found.changes.filter(({ concernsEcr }) => concernsEcr);
  context.progress.clear();
  await write(context, formatChanges({ ...found, changes }, options.format), options);
  return found.notKnown.length > 0;
}

async function write(
  { output }: CommandContext,
  texts: Iterable<string>,
  { format }: Pick<PoliciesOptions, 'format'>,
): Promise<void> {
  for (const text of texts) {
    await output.write(format === 'table' ? printable(text) : text);
  }
}

const namesMax = 20;

function rest(all: readonly unknown[]): string {
  return all.length <= namesMax ? '' : ` (the first ${namesMax} of them)`;
}

function say(message: string): void {
  process.stderr.write(`${printable(`ecr-audit: ${message}`)}\n`);
}
