import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';

// The tests start services and commands several hundred times. Without their types stripped and their code compiled
// beforehand each start takes 1.6 s of processor time instead of 0.8 s.

const repositoryRoot = path.join(import.meta.dirname, '../..');
const programs = [
  ...['api', 'collector', 'evaluator', 'notifier'].map((name) => `${name}/src/main.ts`),
  'cli/ecr-audit.mjs',
];

/** Where Node.js keeps the compiled code of the processes that tests start; it knows by itself which file has changed. */
export const compileCacheDirectory = path.join(repositoryRoot, 'node_modules/.cache/ecr-audit-tests');

/** For vitest's `globalSetup`: fills the cache in a new checkout, as a service that a test kills leaves nothing in it. */
export async function setup(): Promise<void> {
  if (existsSync(compileCacheDirectory)) {
    return;
  }
  await Promise.all(
    programs.map(async (program) => {
      const help = spawn(process.execPath, [path.join(repositoryRoot, 'services', program), '--help'], {
        env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: compileCacheDirectory },
        stdio: 'ignore',
      });
      await once(help, 'exit');
    }),
  );
}
