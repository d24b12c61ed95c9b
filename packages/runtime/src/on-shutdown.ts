import { setTimeout as wait } from 'node:timers/promises';

type ShutdownSignal = 'SIGINT' | 'SIGTERM';

export interface ShutdownOptions {
  /** How long all handlers together may take, in milliseconds. Kubernetes sends SIGKILL after 30 seconds. */
  readonly timeoutMs?: number;
  /** Hears of a handler that failed, and of a shutdown that took too long. */
  readonly onProblem?: (problem: string, error?: unknown) => void;
}

type Handler = (signal: ShutdownSignal) => void | Promise<void>;

const timeoutMsDefault = 20_000;
// The shell's convention: 128 and the number of the signal.
const exitCodes: Readonly<Record<ShutdownSignal, number>> = { SIGINT: 130, SIGTERM: 143 };

const handlers: { readonly handler: Handler; readonly options: ShutdownOptions }[] = [];
let isShuttingDown = false;

/**
 * Runs `handler` at the first SIGINT or SIGTERM, then exits with 0; with 1 where a handler failed or took too long.
 *
 * Handlers run one after the other, the last registered first: what was opened last is closed first. A second signal exits at
 * once with 128 and its number. Returns a function that takes the handler back.
 */
export function onShutdown(handler: Handler, options: ShutdownOptions = {}): () => void {
  if (handlers.length === 0 && !isShuttingDown) {
    process.on('SIGINT', receive);
    process.on('SIGTERM', receive);
  }
  const entry = { handler, options };
  handlers.push(entry);
  return () => {
    const index = handlers.indexOf(entry);
    if (index === -1) {
      return;
    }
    handlers.splice(index, 1);
    if (handlers.length > 0 || isShuttingDown) {
      return;
    }
    process.off('SIGINT', receive);
    process.off('SIGTERM', receive);
  };
}

function receive(signal: ShutdownSignal): void {
  if (isShuttingDown) {
    process.exit(exitCodes[signal]);
  }
  isShuttingDown = true;
  void shutDown(signal).then((exitCode) => process.exit(exitCode));
}

async function shutDown(signal: ShutdownSignal): Promise<number> {
  const timeoutMs = Math.max(...handlers.map(({ options }) => options.timeoutMs ?? timeoutMsDefault));
  const ended = runHandlers(signal);
  const inTime = await Promise.race([ended, wait(timeoutMs, null)]);
  if (inTime !== null) {
    return inTime ? 0 : 1;
  }
  for (const { options } of handlers) {
    options.onProblem?.(`the shutdown took longer than ${timeoutMs} ms`);
  }
  return 1;
}

async function runHandlers(signal: ShutdownSignal): Promise<boolean> {
  let isClean = true;
  for (const { handler, options } of handlers.toReversed()) {
    try {
      await handler(signal);
    } catch (error) {
      isClean = false;
      options.onProblem?.('a shutdown handler failed', error);
    }
  }
  return isClean;
}
