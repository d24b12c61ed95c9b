import { parseArgs } from 'node:util';

import { CHANGE_WORDS } from '../rehearsal/made-up-changes.ts';
import { runRehearsals } from '../rehearsal/run-differential.ts';
import { describeBias } from './bias.ts';
import { describeCounterexample, describeFigures } from './describe-counterexample.ts';
import { runDifferential } from './run-differential.ts';

const HELP = `Compares the engine with the reference evaluator on generated organizations.

  pnpm differential [--seconds N] [--seed S] [--path P]
  pnpm differential --rehearsals [--seconds N] [--seed S]
  pnpm differential --bias N [--seed S]

  --seconds N  for how long; 60 where not said
  --seed S     where to begin: the same seed gives the same organizations; any where not said
  --path P     one organization of that seed, as a mismatch prints it
  --rehearsals compares rehearsed changes of every kind with evaluating before and after
  --bias N     does not compare, but says what is in N organizations
  --help       this text

Every cell must agree in decision, residual (as a formula), deciding statements and limits. A mismatch is made as
small as can be and printed as files; then the exit code is 1. Ctrl-C ends with the figures so far.
`;

const PROGRESS_EVERY_MS = 5000;
// Organizations are sampled in batches of as many.
const ORGANIZATIONS_EACH = 20;
const SEED_MAX = 2 ** 30;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string' },
      seed: { type: 'string' },
      path: { type: 'string' },
      bias: { type: 'string' },
      rehearsals: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  const seed = readNumber('--seed', values.seed) ?? Math.floor(Math.random() * SEED_MAX);
  const organizations = readNumber('--bias', values.bias);
  if (organizations !== null) {
    process.stdout.write(`${describeBias({ organizations, seed })}\n`);
    return 0;
  }
  const seconds = readNumber('--seconds', values.seconds) ?? 60;
  return values.rehearsals === true
    ? await compareRehearsals({ seconds, seed })
    : await compare({ seconds, seed, path: values.path });
}

interface CompareOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly path: string | undefined;
}

async function compare({ seconds, seed, path }: CompareOptions): Promise<number> {
  const startedAt = performance.now();
  let isStopped = false;
  let toldAt = startedAt;
  process.once('SIGINT', () => {
    isStopped = true;
  });
  process.stdout.write(`seed ${seed}\n`);
  const { figures, counterexample } = await runDifferential({
    seed,
    ...(path === undefined ? {} : { path }),
    isOver: () => isStopped || performance.now() - startedAt > seconds * 1000,
    onProgress(sofar, at) {
      if (performance.now() - toldAt > PROGRESS_EVERY_MS) {
        toldAt = performance.now();
        process.stdout.write(`${elapsed(startedAt)} s, seed ${at}: ${describeFigures(sofar)}\n`);
      }
    },
  });
  if (counterexample !== null) {
    process.stdout.write(`${describeCounterexample(counterexample)}\n\n`);
  }
  const outcome = counterexample === null ? 'no difference' : 'one difference';
  process.stdout.write(`${isStopped ? 'stopped' : 'done'} after ${elapsed(startedAt)} s, ${outcome} in `);
  process.stdout.write(`${describeFigures(figures)}\n`);
  return counterexample === null ? 0 : 1;
}

/** Each kind of change in turn, one batch of organizations after the other. */
async function compareRehearsals({ seconds, seed }: Omit<CompareOptions, 'path'>): Promise<number> {
  const startedAt = performance.now();
  let [compared, changing, isStopped] = [0, 0, false];
  process.once('SIGINT', () => {
    isStopped = true;
  });
  process.stdout.write(`seed ${seed}\n`);
  const isOver = (): boolean => isStopped || performance.now() - startedAt > seconds * 1000;
  for (let at = seed; !isOver(); at += ORGANIZATIONS_EACH) {
    for (const word of CHANGE_WORDS) {
      // So that a signal is heard between two kinds.
      await new Promise((resolve) => void setImmediate(resolve));
      if (isOver()) {
        break;
      }
      const found = runRehearsals(word, {
        seed: at,
        changing: ORGANIZATIONS_EACH,
        organizationsMax: ORGANIZATIONS_EACH,
      });
      compared += found.compared;
      changing += found.changing;
      if (found.wrong.length > 0) {
        process.stdout.write(`${word}, seed ${at}:\n${found.wrong.join('\n')}\n`);
        return 1;
      }
    }
  }
  process.stdout.write(
    `${isStopped ? 'stopped' : 'done'} after ${elapsed(startedAt)} s, no difference in ${compared} rehearsals, of which ${changing} changed access\n`,
  );
  return 0;
}

function elapsed(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}

function readNumber(name: string, text: string | undefined): number | null {
  if (text === undefined) {
    return null;
  }
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) {
    throw new TypeError(`${name} is \`${text}\`: expected a whole number`);
  }
  return number;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\nSee \`pnpm differential --help\`.\n`,
  );
  process.exitCode = 2;
}
