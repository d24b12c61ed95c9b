import { addAll, bitSet, keyOf, members } from '../bit-set.ts';
import { describeOutsideResidual, describeResidual } from '../describe-residual.ts';
import type { EvaluatedRegistry } from '../evaluate/evaluate-snapshot.ts';
import type { Capability } from '../ecr/capabilities.ts';
import type { PrincipalRef } from '../principal.ts';
import type { AccessChange } from './fold-changes.ts';
import type { Rehearsal } from './rehearse.ts';
import type { AccessSide, ChangeKind } from './side.ts';
import type { UseAtStake } from './use-at-stake.ts';

/** A rehearsal as it is written out: the same in files and in answers. */
export interface PlainRehearsal {
  readonly changes: readonly { readonly change: string; readonly [key: string]: string }[];
  readonly compared: { readonly principals: number; readonly repositories: number };
  readonly gaps: number;
  /** ARNs of the repositories where anything changes. */
  readonly repositories: readonly string[];
  /** Lists of places in `repositories`; a change names a list by its place, because many share it. */
  readonly repositorySets: readonly (readonly number[])[];
  /** Principals for which everything changes alike, what matters most first. */
  readonly groups: readonly {
    readonly principals: readonly PrincipalRef[];
    readonly changes: readonly PlainChange[];
  }[];
  readonly use: PlainUse;
}

export interface PlainChange {
  readonly kind: ChangeKind;
  readonly isCertain: boolean;
  readonly capabilities: readonly Capability[];
  readonly actions: readonly string[];
  readonly before: PlainSide;
  readonly after: PlainSide;
  /** The place of the list in `repositorySets`; null for actions of a registry. */
  readonly repositories: number | null;
  readonly registries: readonly EvaluatedRegistry[];
}

/** `condition` is the residual in words. */
type PlainSide = AccessSide & { readonly condition: string | null };

type PlainUse =
  | { readonly kind: 'notKnown' }
  | {
      readonly kind: 'known';
      readonly since: string;
      readonly atStake: readonly {
        readonly principal: PrincipalRef;
        readonly repository: string | null;
        readonly accountId: string;
        readonly region: string;
        readonly action: string;
        readonly lastUsedAt: string;
        readonly kind: UseAtStake['kind'];
        readonly isCertain: boolean;
        readonly loses: readonly string[];
      }[];
      readonly unobserved: readonly EvaluatedRegistry[];
    };

/** Writes a rehearsal out. Documents of the proposal are left out: who asks has them. */
export function plainRehearsal(rehearsal: Rehearsal): PlainRehearsal {
  const { changes, compared, gaps, principals, use } = rehearsal;
  const changed = bitSet(rehearsal.repositories.length);
  for (const { set } of principals.flatMap((group) => group.changes)) {
    if (set !== null) {
      addAll(changed, set);
    }
  }
  const indices = [...members(changed)];
  const placeByIndex = new Map(indices.map((index, place) => [index, place]));
  const sets: number[][] = [];
  const places = new Map<string, number>();
  const placeOf = (set: AccessChange['set']): number | null => {
    if (set === null) {
      return null;
    }
    const key = keyOf(set);
    const known = places.get(key) ?? sets.push([...members(set)].flatMap((index) => placeByIndex.get(index) ?? [])) - 1;
    places.set(key, known);
    return known;
  };
  const groups = principals.map((group) => ({
    principals: group.principals,
    changes: group.changes.map((change): PlainChange => {
      const { kind, isCertain, capabilities, actions, before, after, set, registries } = change;
      const [first] = group.principals;
      const side = (each: AccessSide): PlainSide => ({ ...each, condition: inWords(each, first) });
      return {
        kind,
        isCertain,
        capabilities,
        actions,
        before: side(before),
        after: side(after),
        repositories: placeOf(set),
        registries,
      };
    }),
  }));
  return {
    changes: changes.map((change) => {
      const words = Object.entries(change).flatMap(([key, value]) =>
        key !== 'document' && typeof value === 'string' ? [[key, value] as const] : [],
      );
      return { ...Object.fromEntries(words), change: change.change };
    }),
    compared,
    gaps,
    repositories: indices.flatMap((index) => rehearsal.repositories[index]?.arn ?? []),
    repositorySets: sets,
    groups,
    use: use.kind === 'notKnown' ? use : { ...use, atStake: use.atStake.map(plainStake) },
  };
}

function inWords({ residual }: AccessSide, principal: PrincipalRef | undefined): string | null {
  return principal?.kind === 'external' ? describeOutsideResidual(residual, principal) : describeResidual(residual);
}

type PlainStake = Extract<PlainUse, { readonly kind: 'known' }>['atStake'][number];

function plainStake({ principal, use, kind, isCertain, loses }: UseAtStake): PlainStake {
  const { repositoryArn: repository, accountId, region, action, lastUsedAt } = use;
  return { principal, repository, accountId, region, action, lastUsedAt, kind, isCertain, loses };
}
