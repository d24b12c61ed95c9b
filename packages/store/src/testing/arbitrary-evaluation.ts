import type { AccessRow, EvaluatedRegistry, EvaluatedRepository, PrincipalRef } from '@ecr-audit/access';
import * as fc from 'fast-check';
import { alice, deployer, inOffice } from './evaluation-scene.ts';

const [shop, tools] = ['111111111111', '222222222222'] as const;
export const principals: readonly PrincipalRef[] = [
  alice,
  deployer,
  { ...alice, id: 'AIDABOB', name: 'bob' },
  { ...deployer, id: 'AROADEPLOYER:nightly', kind: 'session', name: 'deployer/nightly' },
  { ...alice, id: 'external:x', kind: 'external', accountId: '999999999999', name: 'agency' },
  { ...alice, id: 'service:lambda', kind: 'service', accountId: null, name: 'lambda' },
];
const registries = [
  { accountId: shop, region: 'eu-west-1' },
  { accountId: shop, region: 'us-east-1' },
  { accountId: tools, region: 'eu-west-1' },
];
export const repositories: readonly EvaluatedRepository[] = registries.flatMap((registry) =>
  ['app', 'base', 'web'].map((name) => ({
    ...registry,
    name,
    arn: `arn:aws:ecr:${registry.region}:${registry.accountId}:repository/${name}`,
  })),
);

const allowed = { decision: 'allowed', residual: null, reasons: [], limits: [] } as const;
const restricted = { ...allowed, decision: 'conditional', residual: inOffice } as const;
const doubtful = { ...allowed, limits: [{ code: 'x', message: 'm' }] };
const unread = { ...allowed, decision: 'unknown', residual: { unreadable: 'x' } } as const;
const profiles = [
  {},
  { pull: allowed },
  { pull: allowed, push: allowed },
  { pull: restricted, push: allowed },
  { pull: doubtful },
  { pull: unread, push: restricted },
];

/** Who holds which profile on what, where the last column is the registry of the principal's account. */
export type Table = readonly (readonly number[])[];

const columns = repositories.length + 1;

export const emptyTable: Table = principals.map(() => Array.from({ length: columns }, () => 0));
const profile = fc.nat(profiles.length - 1);
const principal = fc.nat(principals.length - 1);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ rows: fc.tuple(principal), columns: fc.tuple(fc.nat(columns - 1)), profile }),
  fc.record({ rows: fc.tuple(principal), columns: fc.constant(null), profile }),
  fc.record({ rows: fc.constant(null), columns: fc.tuple(fc.nat(columns - 1)), profile }),
);
/** Most steps see everything, so that histories get long. */
function seen<Item>(items: readonly Item[]): fc.Arbitrary<readonly Item[]> {
  return fc.oneof({ arbitrary: fc.constant(items), weight: 3 }, fc.subarray([...items]));
}
/** What changes before an evaluation, and what the evaluation sees. */
export const step: fc.Arbitrary<Step> = fc.record({
  edits: fc.array(edit, { maxLength: 4 }),
  principals: seen(principals),
  repositories: seen(repositories),
  registries: seen(registries),
  iamAccounts: seen([shop, tools]),
  coveredRegistries: seen(registries),
  unreadRepositories: fc.oneof({ arbitrary: fc.constant([]), weight: 3 }, fc.subarray([...repositories])),
  unreadRegistries: fc.oneof({ arbitrary: fc.constant([]), weight: 3 }, fc.subarray(registries)),
});
export interface Step {
  readonly edits: readonly Edit[];
  readonly principals: readonly PrincipalRef[];
  readonly repositories: readonly EvaluatedRepository[];
  readonly registries: readonly EvaluatedRegistry[];
  readonly iamAccounts: readonly string[];
  readonly coveredRegistries: readonly EvaluatedRegistry[];
  readonly unreadRepositories: readonly EvaluatedRepository[];
  readonly unreadRegistries: readonly EvaluatedRegistry[];
}

interface Edit {
  readonly rows: readonly [number] | null;
  readonly columns: readonly [number] | null;
  readonly profile: number;
}

/** The table after the edits of a step. */
export function edited(table: Table, { edits }: Step): Table {
  return edits.reduce<Table>(
    (rows, { rows: which, columns: places, profile: held }) =>
      rows.map((row, index) =>
        which === null || which[0] === index
          ? row.map((before, column) => (places === null || places[0] === column ? held : before))
          : row,
      ),
    table,
  );
}

/** What an evaluation of the table finds. */
export function rowsOf(
  table: Table,
  { principals: listed, repositories: places, registries: answered }: Step,
): AccessRow[] {
  return principals.flatMap((who, index) => {
    if (!listed.includes(who)) {
      return [];
    }
    const home = answered.find(({ accountId }) => accountId === who.accountId);
    return [
      ...places.map((place) => ({ ...place, resource: place.arn, column: repositories.indexOf(place) })),
      ...(home === undefined ? [] : [{ ...home, resource: '*', column: columns - 1 }]),
    ].flatMap(({ accountId, region, resource, column }) =>
      Object.entries(profiles[table[index]?.[column] ?? 0] ?? {}).map(([action, answer]) => ({
        ...answer,
        principal: who,
        accountId,
        region,
        resource,
        action,
      })),
    );
  });
}
