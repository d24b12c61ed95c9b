/** Something that a process needs; it rejects where it is not there. The signal ends when nobody waits any more. */
export type HealthCheck = (signal: AbortSignal) => Promise<void>;

/** What is told outside: no detail, because a message of a driver may name hosts and users. */
export type CheckResult = 'ok' | 'failed' | 'timeout';

class CheckTimeout extends Error {
  constructor(timeoutMs: number) {
    super(`no answer within ${timeoutMs} ms`);
    this.name = 'CheckTimeout';
  }
}

/** Runs all checks side by side, each within its time. `onProblem` hears why one failed. */
export async function runChecks(
  checks: Readonly<Record<string, HealthCheck>>,
  options: {
    readonly timeoutMs: number;
    readonly onProblem: (check: string, error: unknown) => void;
  },
): Promise<Readonly<Record<string, CheckResult>>> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await runCheck(name, check, options)] as const),
  );
  return Object.fromEntries(results);
}

async function runCheck(
  name: string,
  check: HealthCheck,
  options: { readonly timeoutMs: number; readonly onProblem: (check: string, error: unknown) => void },
): Promise<CheckResult> {
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new CheckTimeout(options.timeoutMs)), options.timeoutMs);
    });
    // A check that throws at once must not end the others.
    const running = Promise.resolve().then(async () => await check(ending.signal));
    await Promise.race([running, late]);
    return 'ok';
  } catch (error) {
    options.onProblem(name, error);
    return error instanceof CheckTimeout ? 'timeout' : 'failed';
  } finally {
    clearTimeout(timer);
    ending.abort();
  }
}
