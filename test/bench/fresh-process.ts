import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { z } from 'zod';

/** Long enough for the largest figure; what takes longer has no bound that anybody would wait for. */
const RUN_MINUTES_MAX = 20;

/**
 * Runs a script of this folder in a process of its own and reads the figures that it prints.
 *
 * The peak memory of a process never falls, and code that ran before is compiled already: only a fresh process tells what
 * a run costs. Null where it took longer than `minutesMax`.
 */
export function runFresh<Schema extends z.ZodType>(
  script: string,
  { args, schema, minutesMax = RUN_MINUTES_MAX }: { args: readonly string[]; schema: Schema; minutesMax?: number },
): z.output<Schema> | null {
  const run = spawnSync(process.execPath, [path.join(import.meta.dirname, script), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: minutesMax * 60_000,
    maxBuffer: 100_000_000,
  });
  if (run.error !== undefined && 'code' in run.error && run.error.code === 'ETIMEDOUT') {
    return null;
  }
  if (run.status !== 0) {
    throw new Error(`\`${script}\` ended with status ${run.status ?? run.signal ?? 'unknown'}`);
  }
  return schema.parse(JSON.parse(run.stdout));
}

/** Several runs one after the other. A run that takes too long is an error. */
export function runsOf<Schema extends z.ZodType>(
  count: number,
  script: string,
  options: { readonly args: readonly string[]; readonly schema: Schema },
): z.output<Schema>[] {
  return Array.from({ length: count }, (_, index) => {
    say(`${script} ${options.args.map((arg) => path.basename(arg)).join(' ')}: run ${index + 1} of ${count}`);
    const measured = runFresh(script, options);
    if (measured === null) {
      throw new Error(`\`${script}\` took longer than ${RUN_MINUTES_MAX} minutes`);
    }
    return measured;
  });
}

/** Progress, which is not part of what is printed. */
export function say(message: string): void {
  process.stderr.write(`${message}\n`);
}
