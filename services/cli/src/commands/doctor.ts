import { isRegionName } from '@ecr-audit/aws';
import { ConfigurationError } from '@ecr-audit/runtime';
import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '../context.ts';
import { assertSchedules } from '../doctor/assert-schedules.ts';
import { checkAws } from '../doctor/check-aws.ts';
import { checkConfiguration } from '../doctor/check-configuration.ts';
import { checkDatabase } from '../doctor/check-database.ts';
import { checkQueues } from '../doctor/check-queues.ts';
import { problem, type Check } from '../doctor/check.ts';
import { doctorText } from '../doctor/doctor-text.ts';
import { exitCodes } from '../exit-codes.ts';
import { exampleHelp } from '../options/help.ts';
import { oneOf, readOptions } from '../options/read-options.ts';
import { printable } from '../terminal/printable.ts';
import { chosenConfiguration } from './config.ts';

const list = (isFit: (item: string) => boolean, expected: string): z.ZodType<readonly string[], string> =>
  z
    .string()
    .transform((text) => text.split(',').map((item) => item.trim()))
    .refine((items) => items.every(isFit), expected);

const schema = z.object({
  config: z.string().min(1, 'expected a file').optional(),
  account: list((id) => /^\d{12}$/.test(id), 'expected account ids of twelve digits, separated by commas').optional(),
  regions: list(isRegionName, 'expected regions such as `eu-west-1,us-east-1`').optional(),
  everyRegion: z.boolean().default(false),
  profile: z.string().min(1, 'expected the name of a profile').optional(),
  roleArn: z.string().startsWith('arn:', 'expected the ARN of a role').optional(),
  aws: z.boolean(),
  format: oneOf('text', 'json'),
});

const command = new Command('doctor')
  .description('try whatever the services need, change nothing, and say what is missing and what to do')
  .option('--config <file>', 'configuration file (default: ECR_AUDIT_CONFIG, else the environment alone)')
  .option('--account <ids>', 'probe only these accounts, through the auditor role')
  .option('--regions <list>', 'probe only these regions')
  .option('--every-region', 'probe every enabled region where the configuration says `all`, not three of them')
  .option('--profile <name>', 'profile of the AWS configuration files')
  .option('--role-arn <arn>', 'role that reads the account of `accounts: own` (default: ECR_AUDIT_ROLE_ARN)')
  .option('--no-aws', 'leave AWS out: for a machine that runs no collector')
  .option('--format <format>', 'text or json', 'text')
  .addHelpText(
    'after',
    exampleHelp('ecr-audit doctor --config ecr-audit.yaml', 'ecr-audit doctor --account 222233334444'),
  );

export const doctorCommand = { command, action: doctor };

async function doctor(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(schema, given);
  const checks = await checksOf(context, options);
  context.progress.clear();
  const isHealthy = checks.every(({ status }) => status !== 'problem');
  await context.output.write(
    options.format === 'json' ? `${JSON.stringify({ isHealthy, checks })}\n` : printable(doctorText(checks)),
  );
  return isHealthy ? exitCodes.done : exitCodes.problems;
}

async function checksOf(context: CommandContext, options: z.output<typeof schema>): Promise<readonly Check[]> {
  let configuration;
  try {
    configuration = await chosenConfiguration(options.config);
    assertSchedules(configuration);
  } catch (error) {
    if (error instanceof ConfigurationError) {
      // Nothing else can be checked by a configuration that is not known.
      return error.problems.map((sentence) =>
        problem('configuration', sentence, 'mend the configuration, then run doctor again: nothing else was checked'),
      );
    }
    throw error;
  }
  const source = options.config ?? (process.env['ECR_AUDIT_CONFIG'] || null);
  const { account: accounts, regions, everyRegion, profile } = options;
  const roleArn = options.roleArn ?? (process.env['ECR_AUDIT_ROLE_ARN'] || undefined);
  return [
    ...(await checkConfiguration(configuration, source)),
    ...(options.aws
      ? await checkAws(context, { configuration, accounts, regions, everyRegion, profile, roleArn })
      : []),
    ...(await checkDatabase(configuration.database.url)),
    ...(await checkQueues(configuration.redis.url)),
  ];
}
