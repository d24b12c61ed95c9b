import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { mutationReport, percentOf, scoresOf } from './report.ts';
import { isExplained, readExplanations } from './survivors.ts';

const HELP = `Changes the code that decides, one small change after another, and tells which of them no test notices.

  pnpm mutation [--file PATH]... [--force]

  --file PATH  only this file, which may be given several times; without it, everything that decides
  --force      asks again about every mutant, not only where code or tests have changed
  --help       this text

Prints the score of each file, and every survivor that is not explained in survivors.json; if there is one, the exit
code is 1.
`;

const MEMORY = new URL('../../.stryker/incremental.json', import.meta.url);
const REPORT = new URL('../../.stryker/report.json', import.meta.url);

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
  const options = values.file === undefined ? [] : ['--mutate', values.file.join(',')];
  // What the quick judges let live is asked of all; who was killed by them is remembered. Where there is a memory, they
  // are left out: they would forget what only the others had killed.
  const isFirst = values.force === true || !existsSync(MEMORY);
  const quickExit = isFirst ? await runStryker([...options, '--force'], 'quick') : 0;
  const exitCode = quickExit === 0 ? await runStryker(options, 'all') : quickExit;
  return exitCode === 0 ? tell(values.file ?? null) : exitCode;
}

async function runStryker(options: readonly string[], judges: 'quick' | 'all'): Promise<number> {
  const child = spawn('stryker', ['run', 'test/mutation/stryker.config.mjs', ...options], {
    stdio: 'inherit',
    env: { ...process.env, MUTATION_JUDGES: judges },
  });
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
}

/** Stryker's report keeps what it said of other files earlier; only what was asked for now is told. */
function tell(files: readonly string[] | null): number {
  const report = mutationReport.parse(JSON.parse(readFileSync(REPORT, 'utf8')));
  const scores = scoresOf(report).filter(({ file }) => files === null || files.includes(file));
  const explanations = readExplanations();
  process.stdout.write('\nscore %  killed  explained  unexplained  file\n');
  let unexplained = 0;
  for (const score of scores) {
    const left = score.survivors.filter((survivor) => !isExplained(survivor, explanations));
    unexplained += left.length;
    const figures = [score.killed, score.survivors.length - left.length, left.length];
    const [killed = '', explained = '', open = ''] = figures.map(String);
    process.stdout.write(
      `${percentOf(score).padStart(7)}  ${killed.padStart(6)}  ${explained.padStart(9)}  ${open.padStart(11)}  ${score.file}\n`,
    );
    for (const { line, code, from, to } of left) {
      process.stdout.write(`    line ${line}: ${code}\n      ${oneLine(from)}  →  ${oneLine(to)}\n`);
    }
  }
  return unexplained === 0 ? 0 : 1;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

process.exitCode = await main();
