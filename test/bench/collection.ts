import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { BenchOptions } from './arguments.ts';

/** Prints the time of a scan of a large organization by one, two and four collectors, and what bounds it. */
export function collectionPart({ seed, size }: Pick<BenchOptions, 'seed' | 'size'>): number {
  const script = path.join(import.meta.dirname, 'collection-run.ts');
  const accounts = size === 'small' ? '20' : '500';
  return spawnSync(process.execPath, [script, seed, accounts], { stdio: 'inherit' }).status ?? 1;
}
