import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { activityPart } from './activity.ts';
import { collectionPart } from './collection.ts';
import { help, parseArguments } from './arguments.ts';
import { driftPart } from './drift.ts';
import { growthPart } from './growth.ts';
import { hostilePart } from './hostile.ts';
import { listsPart } from './lists.ts';
import { pagesPart } from './pages.ts';
import { rehearsalPart } from './rehearsal.ts';
import { usagePart } from './usage.ts';
import { tablePart } from './table.ts';
import { yearPart } from './year.ts';

const parsed = parseArguments(process.argv.slice(2));
switch (parsed.kind) {
  case 'help':
    process.stdout.write(help);
    break;
  case 'wrong':
    process.stderr.write(`bench: ${parsed.message}\nbench: see --help\n`);
    process.exitCode = 2;
    break;
  case 'run':
    try {
      run(parsed.run);
    } catch (error) {
      process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    }
}

function run({ part, ...options }: Extract<typeof parsed, { kind: 'run' }>['run']): void {
  switch (part) {
    case 'all':
      tablePart(options);
      growthPart(options);
      hostilePart(options);
      pagesPart(options);
      break;
    case 'table':
      tablePart(options);
      break;
    case 'growth':
      growthPart(options);
      break;
    case 'hostile':
      hostilePart(options);
      break;
    case 'pages':
      pagesPart(options);
      break;
    case 'year':
      yearPart(options);
      break;
    case 'activity':
      activityPart(options);
      break;
    case 'collection':
      process.exitCode = collectionPart(options);
      break;
    case 'rehearsal':
      rehearsalPart(options);
      break;
    case 'drift':
      driftPart(options);
      break;
    case 'usage':
      usagePart(options);
      break;
    case 'lists':
      listsPart(options);
      break;
    case 'demo':
      process.exitCode = demoPart(options.runs);
  }
}

function demoPart(runs: number): number {
  const script = path.join(import.meta.dirname, 'demo-stages.ts');
  return spawnSync(process.execPath, [script, '--runs', String(runs)], { stdio: 'inherit' }).status ?? 1;
}
