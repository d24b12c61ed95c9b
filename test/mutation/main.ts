import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { filesThatDecide, judgesNow } from './files.ts';
import { type Memory, recall, recollection, remember } from './memory.ts';
import { type FileScore, mutationReport, percentOf, scoresOf } from './report.ts';
import { isExplained, readExplanations } from './survivors.ts';

const HELP = `Changes the code that decides, one small change after another, and tells which of them no test notices.

  pnpm mutation [--file PATH]... [--force]

  --file PATH  only this file, which may be given several times; without it, everything that decides
  --force      asks again about every change, not only where code or tests are others
  --help       this text

Prints the score of each file, and every survivor that is not explained in survivors.json; if there is one, the exit
code is 1. A run that is broken off goes on where it was.
`;

/** Files that are asked about together: each run of Stryker begins with all tests once, which takes half a minute. */
const FILES_A_RUN_MAX = 4;

const ROUND = fileURLToPath(new URL(`../../.stryker/round-${process.pid}.json`, import.meta.url));

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      file: { type: 'string', multiple: true },
      force: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  const files = values.file ?? filesThatDecide();
  const isKnown = (file: string): boolean => values.force !== true && recall(file) !== null;
  // What the quick judges let live is asked of all; who was killed by them is remembered. Where there is a memory, they
  // are left out: they would forget what only the others had killed.
  for (const round of roundsOf(files.filter((file) => !isKnown(file)))) {
    const exitCode = (await ask(round, 'quick')) || (await askAll(round));
    if (exitCode !== 0) {
      return exitCode;
    }
  }
  return (await askAll(files)) || tell(files);
}

/** Asks all judges about the files of which they have not said all yet, as everything stands now. */
async function askAll(files: readonly string[]): Promise<number> {
  const { whole } = judgesNow();
  for (const round of roundsOf(files.filter((file) => recall(file)?.judges !== whole))) {
    const exitCode = await ask(round, 'all');
    if (exitCode !== 0) {
      return exitCode;
    }
  }
  return 0;
}

function roundsOf(files: readonly string[]): (readonly string[])[] {
  const count = Math.ceil(files.length / FILES_A_RUN_MAX);
  return Array.from({ length: count }, (_, index) =>
    files.slice(index * FILES_A_RUN_MAX, (index + 1) * FILES_A_RUN_MAX),
  );
}

/** Stryker's exit code. The quick judges are asked about every change, all of them about what is not known yet. */
async function ask(files: readonly string[], by: 'quick' | 'all'): Promise<number> {
  const judges = judgesNow();
  const memories = by === 'quick' ? [] : memoriesOf(files);
  mkdirSync(new URL('../../.stryker', import.meta.url), { recursive: true });
  writeFileSync(ROUND, JSON.stringify(recollection(memories, { judges, explanations: readExplanations() })));
  const options = ['--mutate', files.join(','), '--incrementalFile', ROUND, ...(by === 'quick' ? ['--force'] : [])];
  const child = spawn('stryker', ['run', 'test/mutation/stryker.config.mjs', ...options], {
    stdio: 'inherit',
    env: { ...process.env, MUTATION_JUDGES: by },
  });
  const [code] = await once(child, 'exit');
  if (code === 0) {
    remember(mutationReport.parse(JSON.parse(readFileSync(ROUND, 'utf8'))), { files, by, judges });
  }
  rmSync(ROUND);
  return typeof code === 'number' ? code : 1;
}

function memoriesOf(files: readonly string[]): Memory[] {
  return files.map(recall).filter((memory) => memory !== null);
}

function tell(files: readonly string[]): number {
  const scores = memoriesOf(files).flatMap(({ report }) => scoresOf(report));
  const explanations = readExplanations();
  process.stdout.write('\nscore %  killed  explained  unexplained  file\n');
  let unexplained = 0;
  for (const score of scores) {
    const left = score.survivors.filter((survivor) => !isExplained(survivor, explanations));
    unexplained += left.length;
    tellFigures(score, left.length);
    for (const { line, code, from, to } of left) {
      process.stdout.write(`    line ${line}: ${code}\n      ${oneLine(from)}  →  ${oneLine(to)}\n`);
    }
  }
  const survivors = scores.flatMap((score) => score.survivors);
  const killed = scores.reduce((sum, score) => sum + score.killed, 0);
  tellFigures({ file: `${scores.length} files`, killed, survivors }, unexplained);
  return unexplained === 0 ? 0 : 1;
}

function tellFigures(score: FileScore, unexplained: number): void {
  const figures = [score.killed, score.survivors.length - unexplained, unexplained];
  const [killed = '', explained = '', open = ''] = figures.map(String);
  process.stdout.write(
    `${percentOf(score).padStart(7)}  ${killed.padStart(6)}  ${explained.padStart(9)}  ${open.padStart(11)}  ${score.file}\n`,
  );
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

process.exitCode = await main();
