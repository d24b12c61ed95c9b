import { parseArgs } from 'node:util';
import { type Size, sizes } from '../organization-generator/options.ts';

export const help = `bench: what the evaluation of large organizations costs, and what it leaves in Postgres

  pnpm bench [PART] [options]

Parts:
  (none)    table, growth, hostile and pages, one after the other
  table     evaluate, first write, the same scan again, one policy changed; for both sizes, with the targets
  growth    evaluate, with principals, repositories and statements doubled one at a time
  hostile   documents made to be slow: parse, one decision, and everything in a small organization
  pages     the access of the first size in Postgres: its space, "who can push to R" and "what can P reach"
  year      the same after daily scans, 1 % of the documents changed each day; takes long
  activity  a million CloudTrail events: parsed and folded, and into Postgres
  collection  a scan of a simulated organization of 500 accounts x 4 regions by 1, 2 and 4 collectors (--size small: 20)
  rehearsal one changed policy rehearsed in the first size, and who would be freed by each managed policy
  drift     drift and findings of one document in a hundred edited, on top of the evaluation; for both sizes
  usage     rights against a million events: the report from Postgres, and suggestions with their proofs
  lists     lists of the API over HTTP: whole ones with the memory of the server, first pages, reports
  demo      the stages of \`pnpm demo\`

Options:
  --runs N       runs of each figure, every one in a fresh process (default 3)
  --days N       days of the year part (default 365)
  --seed TEXT    seed of the generated organizations (default 1)
  --size NAME    only one size: account (1 account, 2,000 x 1,000) or organization (20 accounts, 10,000 x 5,000);
                 small (3 accounts, 150 x 60) only tries the bench out
  --help         show this text

A figure is the median of the runs. A target beside it is met (ok) or not (MISSED); nothing fails because of it.

Examples:
  pnpm bench table --size account --runs 5
  pnpm bench year --days 30
`;

const parts = [
  'all',
  'table',
  'growth',
  'hostile',
  'pages',
  'year',
  'activity',
  'collection',
  'rehearsal',
  'drift',
  'usage',
  'lists',
  'demo',
] as const;
type Part = (typeof parts)[number];

export interface BenchOptions {
  readonly runs: number;
  readonly days: number;
  readonly seed: string;
  /** Null for every size that has targets. */
  readonly size: Size | null;
}

export type ParsedArguments =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'run'; readonly run: BenchOptions & { readonly part: Part } };

/** Reads the command line. What is wrong with it is a value, for the caller to print. */
export function parseArguments(argv: readonly string[]): ParsedArguments {
  try {
    const { values, positionals } = parseArgs({
      args: argv.filter((argument) => argument !== '--'),
      allowPositionals: true,
      options: {
        runs: { type: 'string', default: '3' },
        days: { type: 'string', default: '365' },
        seed: { type: 'string', default: '1' },
        size: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      return { kind: 'help' };
    }
    return {
      kind: 'run',
      run: {
        part: partOf(positionals),
        runs: numberOf('runs', values.runs),
        days: numberOf('days', values.days),
        seed: values.seed,
        size: values.size === undefined ? null : sizeOf(values.size),
      },
    };
  } catch (error) {
    return { kind: 'wrong', message: error instanceof Error ? error.message : String(error) };
  }
}

function partOf(positionals: readonly string[]): Part {
  const [name = 'all', ...more] = positionals;
  const part = parts.find((each) => each === name);
  if (part === undefined || more.length > 0) {
    throw new Error(`there is no part \`${positionals.join(' ')}\`: expected one of ${parts.slice(1).join(', ')}`);
  }
  return part;
}

function sizeOf(text: string): Size {
  const names: readonly Size[] = ['account', 'organization', 'small'];
  const size = names.find((name) => name === text);
  if (size === undefined || !Object.hasOwn(sizes, size)) {
    throw new Error(`cannot read \`--size ${text}\`: expected ${names.join(', ')}`);
  }
  return size;
}

function numberOf(option: string, text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) {
    throw new Error(`cannot read \`--${option} ${text}\`: expected a whole number from 1 to 9999`);
  }
  return Number(text);
}
