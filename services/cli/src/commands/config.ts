import {
  ConfigurationError,
  configurationFromEnvironment,
  configurationText,
  loadConfigurationFile,
  type AuditConfiguration,
} from '@ecr-audit/runtime';
import { Command } from 'commander';
import { z } from 'zod';
import { assertSchedules } from '../doctor/assert-schedules.ts';
import { secretsAway } from '../doctor/secrets-away.ts';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { exampleHelp } from '../options/help.ts';
import { oneOf, readOptions } from '../options/read-options.ts';
import { userPath } from '../terminal/paths.ts';
import { printable } from '../terminal/printable.ts';

const file = z.string().min(1, 'expected a file');
const checkSchema = z.object({ file, format: oneOf('text', 'json') });
const showSchema = z.object({ file: file.optional(), format: oneOf('yaml', 'json') });

const checkCommand = new Command('check')
  .description('say what is wrong with a configuration file: every problem with its line')
  .argument('<file>', 'configuration file, YAML or JSON')
  .option('--format <format>', 'text or json', 'text')
  .addHelpText('after', exampleHelp('ecr-audit config check ecr-audit.yaml'));

const showCommand = new Command('show')
  .description(
    'print what comes of a configuration file, the environment and the defaults; secrets by their place only',
  )
  .argument('[file]', 'configuration file (default: ECR_AUDIT_CONFIG, else the environment alone)')
  .option('--format <format>', 'yaml or json', 'yaml')
  .addHelpText('after', exampleHelp('ecr-audit config show ecr-audit.yaml'));

export const configCommands = {
  group: new Command('config').description('check or show a configuration file'),
  commands: [
    { command: checkCommand, action: check },
    { command: showCommand, action: show },
  ],
};

async function check({ output }: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(checkSchema, given);
  const isJson = options.format === 'json';
  let notes: readonly string[];
  try {
    const configuration = await loadConfigurationFile(userPath(options.file));
    assertSchedules(configuration);
    notes = await secretsAway(configuration);
  } catch (error) {
    if (!isJson || !(error instanceof ConfigurationError)) {
      throw error;
    }
    await output.write(`${JSON.stringify({ isValid: false, problems: error.problems, notes: [] })}\n`);
    return exitCodes.badInput;
  }
  await output.write(
    isJson
      ? `${JSON.stringify({ isValid: true, problems: [], notes })}\n`
      : printable([`${options.file} can be used.`, ...notes.map((note) => `  - ${note}`), ''].join('\n')),
  );
  return exitCodes.done;
}

async function show({ output }: CommandContext, given: unknown): Promise<number> {
  const { file: path, format } = readOptions(showSchema, given);
  await output.write(configurationText(await chosenConfiguration(path), format));
  return exitCodes.done;
}

/** The configuration of a file that was named, of `ECR_AUDIT_CONFIG`, or of the environment alone. */
export async function chosenConfiguration(path: string | undefined): Promise<AuditConfiguration> {
  const chosen = path ?? (process.env['ECR_AUDIT_CONFIG'] || undefined);
  return chosen === undefined ? configurationFromEnvironment() : await loadConfigurationFile(userPath(chosen));
}
