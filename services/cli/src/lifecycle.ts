import { exitCodes } from './exit-codes.ts';

const signals = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated } as const;
type Signal = keyof typeof signals;

// Stopping the embedded database takes 16 seconds at worst.
const cleanUpTimeoutMs = 20_000;

/** When a release runs: at every end, or only where nobody is in a hurry. */
type ReleaseKind = 'always' | 'properEnd';

/** What a command opened and must close, and how it ends when somebody asks it to. */
export interface Lifecycle {
  /** Registers what to do at the end. The last one registered runs first. */
  defer(kind: ReleaseKind, release: () => void | Promise<void>): void;
  /** Resolves when somebody asks to stop; from then on that is a proper end. */
  untilStopped(): Promise<void>;
  /** True from the first signal on: what fails then, fails because everything is being closed. */
  isEnding(): boolean;
  /** Closes what is open, then ends the process. The first call decides the exit code. */
  end(exitCode: number): Promise<never>;
}

/**
 * Handles Ctrl-C and termination for one command.
 *
 * While it works, what is open is closed and the process ends with 130 or 143: transactions roll back, so nothing is
 * half written. A second signal ends at once.
 */
export function createLifecycle(onInterrupt: () => void): Lifecycle {
  const releases: { readonly kind: ReleaseKind; readonly release: () => void | Promise<void> }[] = [];
  let stop: (() => void) | null = null;
  let isEnding = false;
  let ending: Promise<never> | null = null;

  const finish = async (exitCode: number, isProper: boolean): Promise<never> => {
    const timer = setTimeout(() => process.exit(exitCode), cleanUpTimeoutMs);
    for (let next = releases.pop(); next !== undefined; next = releases.pop()) {
      if (isProper || next.kind === 'always') {
        // One that fails must not keep the others from running, and at the end nobody can mend it.
        await Promise.resolve(next.release()).catch(() => undefined);
      }
    }
    clearTimeout(timer);
    process.exit(exitCode);
  };
  const receive = (signal: Signal): void => {
    if (isEnding || ending !== null) {
      process.exit(signals[signal]);
    }
    onInterrupt();
    if (stop !== null) {
      stop();
      stop = null;
      return;
    }
    isEnding = true;
    ending = finish(signals[signal], false);
  };
  process.on('SIGINT', receive);
  process.on('SIGTERM', receive);

  return {
    defer: (kind, release) => void releases.push({ kind, release }),
    untilStopped: async () => await new Promise((resolve) => (stop = resolve)),
    isEnding: () => isEnding,
    end: async (exitCode) => await (ending ??= finish(exitCode, true)),
  };
}
