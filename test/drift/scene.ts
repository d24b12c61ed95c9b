import type { AccessDrift, ConfigurationDifference, SnapshotPart, SnapshotWithParts } from '@ecr-audit/access';
import { expandOrganization } from '../conformance/expand.ts';
import type { CompactAccount, CompactOrganization } from '../conformance/schema.ts';
import { driftOf, type WholeDrift, withParts } from './drifted-cells.ts';

export const shop = '111111111111';
export const other = '222222222222';
export const place = `accounts/${shop}/eu-west-1`;
export const repository = (name: string, account = shop): string =>
  `arn:aws:ecr:eu-west-1:${account}:repository/${name}`;
export const role = (name: string, account = shop): string => `arn:aws:iam::${account}:role/${name}`;

type Statement = Readonly<
  Record<string, string | string[] | Record<string, string | string[] | Record<string, string>>>
>;

export const allow = (Action: string | readonly string[], rest: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action: typeof Action === 'string' ? Action : [...Action],
  Resource: '*',
  ...rest,
});

/** A statement of a repository policy. */
export const admit = (Principal: string | Record<string, string | string[]>, Action: string): Statement => ({
  Effect: 'Allow',
  Principal,
  Action,
});

export function partsOf(
  accounts: CompactOrganization['accounts'],
  rest: Partial<CompactOrganization> = {},
): readonly SnapshotPart[] {
  return expandOrganization({ accounts, ...rest });
}

export function side(
  accounts: CompactOrganization['accounts'],
  rest: Partial<CompactOrganization> = {},
): SnapshotWithParts {
  return withParts(partsOf(accounts, rest));
}

/** One account with one repository, unless it says otherwise. */
export function one(account: CompactAccount, rest: Partial<CompactOrganization> = {}): SnapshotWithParts {
  return side({ [shop]: { repositories: { app: {} }, ...account } }, rest);
}

/** Drift of one account. */
export function between(before: CompactAccount, after: CompactAccount): WholeDrift {
  return driftOf(one(before), one(after));
}

/** `inlinePolicy added role:1111/r`, one line for each. */
export function differenceLines({ differences }: Pick<WholeDrift, 'differences'>): string[] {
  return differences.map(lineOf).toSorted();
}

function lineOf({ kind, change, subjects }: ConfigurationDifference): string {
  return [kind, change, ...subjects].join(' ');
}

/** `r granted ecr:PutImage app because inlinePolicy added`, with the lifecycle and `together` where there is one; root users aside. */
export function driftLines({ access, differences }: WholeDrift): string[] {
  return access.drifts.flatMap((drift) => linesOf(drift, differences)).toSorted();
}

function linesOf(drift: AccessDrift, differences: readonly ConfigurationDifference[]): string[] {
  const made = drift.differences.map(
    (index) => `${differences[index]?.kind ?? '?'} ${differences[index]?.change ?? ''}`,
  );
  const places = [
    ...drift.repositories.map((arn) => arn.split('repository/').at(-1) ?? ''),
    ...drift.registries.map(() => 'registry'),
  ];
  const tail = `${drift.lifecycle === null ? '' : ` ${drift.lifecycle}`} because ${made.join(' & ')}${drift.together ? ' together' : ''}`;
  return drift.principals
    .filter(({ kind }) => kind !== 'root')
    .flatMap(({ name }) => places.map((where) => `${name} ${drift.kind} ${drift.actions.join(' ')} ${where}${tail}`));
}
