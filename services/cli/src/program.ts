import { Command, CommanderError } from 'commander';
import packageManifest from '../package.json' with { type: 'json' };
import { accessCommand } from './commands/access.ts';
import { acknowledgeCommand } from './commands/acknowledge.ts';
import { activityCommands } from './commands/activity.ts';
import { alertsCommands } from './commands/alerts.ts';
import { auditLogCommand } from './commands/audit-log.ts';
import { baselineCommands } from './commands/baseline.ts';
import { collectCommand } from './commands/collect.ts';
import { configCommands } from './commands/config.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { driftCommand } from './commands/drift.ts';
import { exceptionsCommands } from './commands/exceptions.ts';
import { explainCommand } from './commands/explain.ts';
import { findingsCommand } from './commands/findings.ts';
import { requestCommand } from './commands/request.ts';
import { overPermissionCommand } from './commands/over-permission.ts';
import { policiesCommand } from './commands/policies.ts';
import { rehearseCommand } from './commands/rehearse.ts';
import { rulesCommand } from './commands/rules.ts';
import { scanCommand } from './commands/scan.ts';
import { serveCommand } from './commands/serve.ts';
import { suggestCommand } from './commands/suggest.ts';
import { tokensCommands } from './commands/tokens.ts';
import { whatCanCommand, whoCanCommand } from './commands/who-can.ts';
import type { CommandAction, CommandContext } from './context.ts';
import { describeFailure } from './describe-failure.ts';
import { exitCodes } from './exit-codes.ts';
import { createLifecycle } from './lifecycle.ts';
import { exitCodesHelp } from './options/help.ts';
import { standardOutput } from './terminal/output.ts';
import { printable } from './terminal/printable.ts';
import { createProgress } from './terminal/progress.ts';

const helpHint = '(add --help for the options and an example)';

/** Runs the command line and ends the process with the exit code of the command. */
export async function runProgram(userArguments: readonly string[]): Promise<void> {
  const program = new Command('ecr-audit')
    .description('Who may do what in Amazon ECR, because of which statement, under which condition.')
    .version(packageManifest.version)
    // Options behind the name of a command are its own, though the one around it may have them too.
    .enablePositionalOptions()
    .showHelpAfterError(helpHint)
    .exitOverride()
    .addHelpText('after', exitCodesHelp);
  for (const { command, action } of [
    demoCommand,
    scanCommand,
    collectCommand,
    explainCommand,
    accessCommand,
    whoCanCommand,
    whatCanCommand,
    overPermissionCommand,
    suggestCommand,
    policiesCommand,
    driftCommand,
    rehearseCommand,
    findingsCommand,
    rulesCommand,
    serveCommand,
    requestCommand,
    doctorCommand,
    auditLogCommand,
  ]) {
    program.addCommand(prepared(command, action));
  }
  for (const { group, commands } of [
    activityCommands,
    alertsCommands,
    exceptionsCommands,
    baselineCommands,
    tokensCommands,
    configCommands,
  ]) {
    for (const { command, action } of commands) {
      group.addCommand(prepared(command, action));
    }
    program.addCommand(group.exitOverride().showHelpAfterError(helpHint).addHelpText('after', exitCodesHelp));
  }
  findingsCommand.command
    .enablePositionalOptions()
    .addCommand(prepared(acknowledgeCommand.command, acknowledgeCommand.action));
  try {
    await program.parseAsync([...userArguments], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      throw error;
    }
    process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.badInput;
  }
}

function prepared(command: Command, action: CommandAction): Command {
  return command
    .exitOverride()
    .showHelpAfterError(helpHint)
    .action(async () => await run(action, givenTo(command)));
}

/** What was given: the options, and the arguments under their own names. */
function givenTo(command: Command): unknown {
  const words = command.registeredArguments.map((argument, index) => [argument.name(), command.args[index]] as const);
  return { ...command.opts(), ...Object.fromEntries(words) };
}

async function run(action: CommandAction, options: unknown): Promise<never> {
  const progress = createProgress(process.stderr, () => performance.now());
  const lifecycle = createLifecycle(() => progress.end('stopping'));
  // A reader that has gone away, as in `| head`, has read what it wanted.
  const output = standardOutput(() => void lifecycle.end(exitCodes.done));
  const context: CommandContext = { lifecycle, output, progress, now: () => new Date() };
  let exitCode: number;
  try {
    exitCode = await action(context, options);
    progress.clear();
    await output.flush();
  } catch (error) {
    if (lifecycle.isEnding()) {
      return await lifecycle.end(exitCodes.interrupted);
    }
    progress.clear();
    const failure = describeFailure(error, process.env['LOG_LEVEL'] === 'debug');
    process.stderr.write(`ecr-audit: ${printable(failure.message)}\n`);
    exitCode = failure.exitCode;
  }
  return await lifecycle.end(exitCode);
}
