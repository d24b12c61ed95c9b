/** What is asked of a generated organization. Totals are over all of its accounts. */
export interface GeneratorOptions {
  readonly accounts: number;
  /** Users and roles. Groups and root users come on top. */
  readonly principals: number;
  readonly repositories: number;
  readonly seed: string;
  /** An account uses the first one and some of the others. */
  readonly regions: readonly string[];
  /** How many times the usual number of statements each document holds. */
  readonly statementFactor: number;
}

export const REGIONS_DEFAULT: readonly string[] = ['eu-west-1', 'eu-central-1', 'us-east-1', 'us-west-2'];

/** Two of these are the sizes that the targets of speed are given for; the small one is for trying things out. */
export const sizes = {
  small: { accounts: 3, principals: 150, repositories: 60 },
  account: { accounts: 1, principals: 2000, repositories: 1000 },
  organization: { accounts: 20, principals: 10_000, repositories: 5000 },
} as const;

export type Size = keyof typeof sizes;

export function generatorOptions(
  asked: Pick<GeneratorOptions, 'accounts' | 'principals' | 'repositories'> & Partial<GeneratorOptions>,
): GeneratorOptions {
  return { seed: '1', regions: REGIONS_DEFAULT, statementFactor: 1, ...asked };
}
