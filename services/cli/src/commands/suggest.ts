import { suggestForPrincipal, suggestForRepository } from '@ecr-audit/access';
import { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { addDatabaseOptions } from '../options/database-options.ts';
import { exampleHelp } from '../options/help.ts';
import { readOptions } from '../options/read-options.ts';
import { findSubject } from '../suggest/find-subject.ts';
import { jsonOfPrincipal, jsonOfRepository } from '../suggest/json.ts';
import { loadSuggestionInput } from '../suggest/load-input.ts';
import { suggestOptionsSchema } from '../suggest/options.ts';
import { textOfPrincipal, textOfRepository } from '../suggest/text.ts';

const command = addDatabaseOptions(
  new Command('suggest').description(
    'the least policy that keeps what was used, with the proof: for a user or role, or for a repository',
  ),
)
  .argument('<who>', 'ARN, unique id or name of a user or role; or ARN or name of a repository')
  .option('--capability <which>', 'only what this takes: pull, push, delete or administer')
  .option('--snapshot <dir>', 'a snapshot directory with its CloudTrail events instead of the database')
  .option('--target <key>', 'which target of the database (default: that of the latest scan)')
  .option('--days <n>', 'how far to look back', '90')
  .option('--format <format>', 'text or json', 'text')
  .addHelpText(
    'after',
    exampleHelp(
      'ecr-audit suggest arn:aws:iam::111122223333:role/ci --snapshot snapshot',
      'ecr-audit suggest arn:aws:ecr:eu-west-1:111122223333:repository/team/app --format json',
    ).concat(`

A suggestion is evaluated in place of what it replaces, and shown only if it keeps every use that was seen and adds nothing.
Where none can be made or proved the reason is said, and the exit code is 1.`),
  );

export const suggestCommand = { command, action: suggest };

async function suggest(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(suggestOptionsSchema, given);
  const input = await loadSuggestionInput(context, options);
  const subject = findSubject(input.snapshot, options.who);
  context.progress.update('proving the suggestion');
  const isJson = options.format === 'json';
  const [kind, text] =
    subject.kind === 'principal'
      ? outcome(suggestForPrincipal({ ...input, principalId: subject.id }), isJson ? jsonOfPrincipal : textOfPrincipal)
      : outcome(
          suggestForRepository({ ...input, repositoryArn: subject.arn }),
          isJson ? jsonOfRepository : textOfRepository,
        );
  context.progress.clear();
  await context.output.write(text);
  return kind === 'suggested' ? exitCodes.done : exitCodes.problems;
}

function outcome<Suggested extends { readonly kind: string }>(
  suggestion: Suggested,
  write: (suggestion: Suggested) => string,
): readonly [string, string] {
  return [suggestion.kind, write(suggestion)];
}
