import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const launcher = path.join(import.meta.dirname, '../../../services/cli/ecr-audit.mjs');
// A demo evaluates for half a minute on a busy machine; a command that hangs must not hang the tests.
const timeoutMsDefault = 180_000;

export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: string;
  readonly nodeOptions?: readonly string[];
  readonly timeoutMs?: number;
}

export interface RunningCommand {
  readonly process: ChildProcess;
  /** What each has said so far. */
  stdout(): string;
  stderr(): string;
  readonly result: Promise<CommandResult>;
}

/** Runs `ecr-audit` as a user would: a process of its own, no variables of ours, no AWS of the machine. */
export function startCommand(words: readonly string[], options: CommandOptions = {}): RunningCommand {
  const child = spawn(process.execPath, [...(options.nodeOptions ?? []), launcher, ...words], {
    cwd: options.cwd ?? process.cwd(),
    env: { ...cleanEnvironment(), ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? timeoutMsDefault);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A command that ends without reading its input closes the pipe; that is its right.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const finish = async (): Promise<CommandResult> => {
    await once(child, 'close');
    clearTimeout(timer);
    return { exitCode: child.exitCode, stdout, stderr };
  };
  return { process: child, stdout: () => stdout, stderr: () => stderr, result: finish() };
}

export async function runCommand(words: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return await startCommand(words, options).result;
}

/** Fails with what the command said, which the code alone does not tell. */
export function expectExit(result: CommandResult, exitCode: number): void {
  if (result.exitCode !== exitCode) {
    throw new Error(`expected exit code ${exitCode}, found ${result.exitCode}\n${result.stderr}`);
  }
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    ECR_AUDIT_LOOKUP_EVENTS_PER_SECOND: '1000',
  };
}
