import { type Rule, RULES } from '@ecr-audit/access';
import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { exampleHelp } from '../options/help.ts';
import { oneOf, readOptions } from '../options/read-options.ts';

const optionsSchema = z.object({ format: oneOf('table', 'json') });

const command = new Command('rules')
  .description('what `findings` looks for: every rule with its severity, its reason and what to do about it')
  .option('--format <format>', 'table or json', 'table')
  .addHelpText('after', exampleHelp('ecr-audit rules', "ecr-audit rules --format json | jq '.rules[].id'"));

export const rulesCommand = { command, action: listRules };

async function listRules({ output }: CommandContext, given: unknown): Promise<number> {
  const { format } = readOptions(optionsSchema, given);
  await output.write(
    format === 'json'
      ? `${JSON.stringify({ rules: RULES.map(plainRule) }, null, 2)}\n`
      : `${RULES.map(ruleText).join('\n\n')}\n`,
  );
  return exitCodes.done;
}

function plainRule({ id, kinds, needs, severity, outsideProduction, what, why, remedy }: Rule): object {
  return { id, kinds, needs: needs ?? null, severity, outsideProduction, what, why, remedy };
}

function ruleText({ id, kinds, severity, outsideProduction, what, why, remedy }: Rule): string {
  const drop = severity === outsideProduction ? '' : `, ${outsideProduction} outside production`;
  return [`${id}  ${severity}${drop} · ${kinds.join(', ')}`, `  ${what}`, `  why: ${why}`, `  do:  ${remedy}`].join(
    '\n',
  );
}
