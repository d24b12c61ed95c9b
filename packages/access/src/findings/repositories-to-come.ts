import type { PrincipalAccess } from '../access-matrix.ts';
import { add, andNot, type BitSet, bitSet, isEmpty, members } from '../bit-set.ts';
import { createAccessRun } from '../engine/access-run.ts';
import { callersOf } from '../evaluate/callers.ts';
import type { Repository } from '../snapshot/model.ts';
import type { ScanView } from './finding-input.ts';
import { isCarriedBy } from './carriers.ts';
import { registryOf } from './registry-pattern.ts';
import { type HeldPart, heldParts } from './held-parts.ts';
import { repositoriesIn } from './judged-repositories.ts';
import { knownAnswer } from './known-part.ts';
import { byArn, repositoryArn, withMadeUpRepositories } from './made-up-repositories.ts';

/**
 * The registries, as scopes name them, of which somebody holds every repository in a set, and would hold the same of a new one:
 * without a policy, without tags, under a name that nothing is written for.
 */
export function registriesToCome(
  parts: readonly HeldPart[],
  {
    set,
    actions,
    scan,
    carrier,
  }: {
    readonly set: BitSet;
    readonly actions: readonly string[];
    readonly scan: ScanView;
    /** The policy that has to bring it, where only one counts. */
    readonly carrier: string | undefined;
  },
): string[] {
  const { accessOf, registries, existing } = toComeIn(scan);
  const found = new Set<string>();
  for (const [id, held] of Map.groupBy(parts, ({ principal }) => principal.id)) {
    const rights = new Set(held.flatMap((part) => (part.set === null ? [] : part.answers.map(({ action }) => action))));
    const there = accessOf(id);
    for (const { principal, answers, set: places } of there === null ? [] : heldParts(there, actions)) {
      const same = answers.filter(
        (held) =>
          rights.has(held.action) &&
          knownAnswer(held.answer).isKnown &&
          (carrier === undefined || isCarriedBy(held, carrier, principal.arn)),
      );
      if (places !== null && rights.size > 0 && same.length === rights.size) {
        for (const index of members(places)) {
          found.add(registries[index] ?? '');
        }
      }
    }
  }
  return [...found].filter((registry) => isEmpty(andNot(existing.get(registry) ?? set, set)));
}

/** Registries of which a set has every repository, as scopes name them, and the ARNs of the others. */
export function placesIn(set: BitSet, scan: ScanView): string {
  const words = toComeIn(scan).places.get(set) ?? askPlaces(set, scan);
  toComeIn(scan).places.set(set, words);
  return words;
}

function askPlaces(set: BitSet, scan: ScanView): string {
  const rest = new Set(repositoriesIn(set, scan.repositories).map(({ arn }) => arn));
  const whole = [...toComeIn(scan).existing].filter(([, there]) => !isEmpty(there) && isEmpty(andNot(there, set)));
  for (const [, there] of whole) {
    for (const { arn } of repositoriesIn(there, scan.repositories)) {
      rest.delete(arn);
    }
  }
  return [...whole.map(([registry]) => registry), ...rest].join(' ');
}

interface ToCome {
  /** Null for whom it was not asked. */
  readonly accessOf: (principalId: string) => PrincipalAccess | null;
  /** What was said of sets: equal ones are mostly the same object. */
  readonly places: WeakMap<BitSet, string>;
  /** By the index of the repository that is made up for it. */
  readonly registries: readonly string[];
  /** The repositories that are there, by registry. */
  readonly existing: ReadonlyMap<string, BitSet>;
}

const known = new WeakMap<ScanView, ToCome>();

function toComeIn(scan: ScanView): ToCome {
  const toCome = known.get(scan) ?? askToCome(scan);
  known.set(scan, toCome);
  return toCome;
}

const NAME = 'any-new-repository';

function askToCome({ snapshot, repositories: there }: ScanView): ToCome {
  const made: Repository[] = [];
  const world = withMadeUpRepositories(snapshot, ({ repositories, ...place }) => {
    const { accountId, region } = place;
    const arn = repositoryArn(place, NAME);
    // Where nobody knows what is there, nobody knows that all of it is covered.
    const one: Repository[] =
      repositories === null ? [] : [{ arn, accountId, region, name: NAME, policy: { kind: 'none' }, tags: [] }];
    made.push(...one);
    return one;
  });
  const repositories = made.toSorted(byArn);
  const callers = callersOf(world).filter(
    ({ ref: { kind } }) => kind === 'user' || kind === 'role' || kind === 'session',
  );
  const byId = new Map(callers.map((caller) => [caller.ref.id, caller]));
  const regions = repositories.map(({ region }) => region);
  const run =
    callers.length === 0
      ? null
      : createAccessRun(world, { callers, regions, includeDenied: false, keepsCallers: false }).over(repositories);
  const asked = new Map<string, PrincipalAccess | null>();
  // Findings are about a few of thousands of principals: asked one by one.
  const accessOf = (id: string): PrincipalAccess | null => {
    const caller = byId.get(id);
    const access = asked.get(id) ?? (caller === undefined || run === null ? null : run.accessOf(caller));
    asked.set(id, access);
    return access;
  };
  const existing = new Map(repositories.map(({ arn }) => [registryOf(arn), bitSet(there.length)]));
  for (const [index, { arn }] of there.entries()) {
    const set = existing.get(registryOf(arn));
    if (set !== undefined) {
      add(set, index);
    }
  }
  return {
    accessOf,
    places: new WeakMap(),
    registries: repositories.map(({ arn }) => registryOf(arn)),
    existing,
  };
}
