import { parseArgs } from 'node:util';
import { generatorOptions, type GeneratorOptions, REGIONS_DEFAULT } from './options.ts';

export const help = `generate-organization: writes a snapshot directory of a large, invented organization

  pnpm generate-organization --out DIR [options]

  --out DIR            a new or empty directory to write; without it only the counts are printed
  --accounts N         accounts of the organization (default 1)
  --principals N       users and roles in all of them together (default 2000)
  --repositories N     repositories in all of them together (default 1000)
  --seed TEXT          the same seed gives the same files, byte for byte (default 1)
  --regions LIST       regions, with commas between; an account uses the first and some of the others
                       (default ${REGIONS_DEFAULT.join(',')})
  --statement-factor N times the usual number of statements in each document (default 1)
  --days N             write the organization as it is N days later (default 0)
  --changes N          documents that change each day (default 1); now and then a role or repository comes or goes
  --help               show this text

The organization looks like real ones: policies shared by a handful, conditions on about a third of the statements,
permissions boundaries, SCPs and RCPs at several levels, repository policies across accounts. With one account that
account is a member, and the management account is named but not collected.

Examples:
  pnpm generate-organization --accounts 20 --principals 10000 --repositories 5000 --out /tmp/large
  pnpm ecr-audit scan --snapshot /tmp/large
  pnpm generate-organization --out /tmp/before && pnpm generate-organization --days 1 --changes 5 --out /tmp/after
`;

interface GeneratorArguments {
  readonly options: GeneratorOptions;
  readonly out: string | null;
  readonly days: number;
  readonly changes: number;
}

export type ParsedArguments =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'run'; readonly run: GeneratorArguments };

/** Reads the command line. What is wrong with it is a value, for the caller to print. */
export function parseArguments(argv: readonly string[]): ParsedArguments {
  try {
    const { values } = parseArgs({
      // What follows a script's name after `pnpm run` begins with `--`.
      args: argv.filter((argument) => argument !== '--'),
      options: {
        out: { type: 'string' },
        accounts: { type: 'string', default: '1' },
        principals: { type: 'string', default: '2000' },
        repositories: { type: 'string', default: '1000' },
        seed: { type: 'string', default: '1' },
        regions: { type: 'string', default: REGIONS_DEFAULT.join(',') },
        'statement-factor': { type: 'string', default: '1' },
        days: { type: 'string', default: '0' },
        changes: { type: 'string', default: '1' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      return { kind: 'help' };
    }
    const options = generatorOptions({
      accounts: numberOf('accounts', values.accounts, { from: 1, to: 1000 }),
      principals: numberOf('principals', values.principals, { from: 1, to: 200_000 }),
      repositories: numberOf('repositories', values.repositories, { from: 0, to: 200_000 }),
      seed: values.seed,
      regions: regionsOf(values.regions),
      statementFactor: numberOf('statement-factor', values['statement-factor'], { from: 1, to: 8 }),
    });
    const days = numberOf('days', values.days, { from: 0, to: 3650 });
    const changes = numberOf('changes', values.changes, { from: 0, to: 100_000 });
    return { kind: 'run', run: { options, out: values.out ?? null, days, changes } };
  } catch (error) {
    return { kind: 'wrong', message: error instanceof Error ? error.message : String(error) };
  }
}

function numberOf(option: string, text: string, { from, to }: { readonly from: number; readonly to: number }): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= from && number <= to)) {
    throw new Error(`cannot read \`--${option} ${text}\`: expected a whole number from ${from} to ${to}`);
  }
  return number;
}

function regionsOf(text: string): string[] {
  const regions = text.split(',');
  const strange = regions.find((region) => !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region));
  if (strange !== undefined) {
    throw new Error(`cannot read \`--regions ${text}\`: expected names such as \`eu-west-1\`, not \`${strange}\``);
  }
  return [...new Set(regions)];
}
