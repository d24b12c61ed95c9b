import { spawn } from 'node:child_process';
import path from 'node:path';
import { until } from './until.ts';

const servicesDirectory = path.join(import.meta.dirname, '../../../services');

/** A process of one service, as an operator starts it. */
export interface ServiceProcess {
  /** Everything on standard error so far: the log. */
  readonly log: () => string;
  /** The lines on standard output so far. */
  lines(): readonly string[];
  readonly pid: number;
  isRunning(): boolean;
  /** Sends a signal and waits for the end. Answers the exit code, null after SIGKILL. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
  readonly ended: Promise<number | null>;
}

/** Starts `services/NAME/src/main.ts` with this environment alone, and waits until its log says that it is ready. */
export async function startService(
  name: 'collector' | 'evaluator' | 'notifier',
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ServiceProcess> {
  const running = spawnService(name, environment);
  await until(`the ${name} to be ready`, () => running.log().includes('"ready"') || !running.isRunning(), {
    detail: running.log,
  });
  if (!running.isRunning()) {
    throw new Error(`the ${name} ended before it was ready\n${running.log()}`);
  }
  return running;
}

/** Starts a service and returns at once. */
export function spawnService(
  name: 'collector' | 'evaluator' | 'notifier' | 'api',
  environment: Readonly<Record<string, string | undefined>>,
  args: readonly string[] = [],
): ServiceProcess {
  const main = path.join(servicesDirectory, name, 'src/main.ts');
  const child = spawn(process.execPath, [main, ...args], {
    env: {
      PATH: process.env['PATH'],
      NODE_OPTIONS: process.env['NODE_OPTIONS'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      HOME: '/nonexistent',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  let isRunning = true;
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      isRunning = false;
      resolve(code);
    });
  });
  return {
    log: () => log,
    lines: () => output.split('\n').filter((line) => line !== ''),
    pid: child.pid ?? 0,
    isRunning: () => isRunning,
    stop: async (signal) => {
      child.kill(signal);
      return await ended;
    },
    ended,
  };
}
