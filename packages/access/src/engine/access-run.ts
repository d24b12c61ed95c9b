import type { AccessProfile, PrincipalAccess, RegistryAccess, RepositoryAccess } from '../access-matrix.ts';
import { add, and, bitSet, type BitSet, has, isEmpty, or } from '../bit-set.ts';
import { ECR_ACTIONS } from '../ecr/actions.ts';
import { TOKEN_ACTION } from '../ecr/capabilities.ts';
import { NOTHING_ALLOWS } from '../evaluate/answer-cell.ts';
import type { Caller } from '../evaluate/caller.ts';
import { NO_ACCOUNT, registryTarget, repositoryTarget, type Target } from '../evaluate/target.ts';
import type { Repository, Snapshot } from '../snapshot/model.ts';
import { type AnsweredBlock, createEngine, type Engine } from './engine.ts';
import { createProfiles, type NumberedAnswers, type Profiles } from './profiles.ts';
import { remember } from './remember.ts';
import { createSetCatalogue, type SetCatalogue } from './set-catalogue.ts';
import { createShared, type Shared } from './shared.ts';

/** Asks about some repositories, for one caller after the other. */
export interface RepositoryRun {
  /** Equal sets, profiles and answers are the same object throughout one such run. */
  accessOf(caller: Caller): PrincipalAccess;
  /** What it would have to answer for, without tokens and capabilities: repositories in one set have the same answers. */
  blocksOf(caller: Caller): readonly AnsweredBlock[];
  /** The same number for callers to whom the policies of these repositories say the same, and who stand alike to them. */
  sideNumberOf(caller: Caller): number;
}

/**
 * What stands over resources: policies of registries and their scopes, and RCPs. All else that such a snapshot says of accounts,
 * their places in the organization and what was not read of it is as in the snapshot of the run.
 */
export interface Above {
  /** Over each repository, by its index. */
  readonly snapshotAt: (index: number) => Snapshot;
  /** Over registries: for the callers' own, and for their tokens. */
  readonly ofRegistries: Snapshot;
}

/** The engines for one snapshot: what they share is taken apart once, for whatever repositories are asked about. */
export interface AccessRun {
  /**
   * `repositories` come in the order of their ARNs, and lie in regions that the run was made for. Where something else stands over
   * them than in the snapshot of the run, `above` says what.
   */
  over(repositories: readonly Repository[], above?: Above): RepositoryRun;
}

interface RunOptions {
  /** At least one. Only callers of their accounts can be asked about. */
  readonly callers: readonly Caller[];
  /** Those of repositories outside the snapshot; its own are known. */
  readonly regions: readonly string[];
  readonly includeDenied: boolean;
  /** Whether the same caller is asked about again, so that it is worth keeping what it brings. */
  readonly keepsCallers: boolean;
  /** Where to read what a caller brings; the snapshot itself where nothing is said. See `createShared`. */
  readonly snapshotOf?: (caller: Caller) => Snapshot;
}

export function createAccessRun(
  snapshot: Snapshot,
  { callers, regions: others, includeDenied, keepsCallers, snapshotOf = () => snapshot }: RunOptions,
): AccessRun {
  const [anyCaller] = callers;
  if (anyCaller === undefined) {
    throw new Error('a run needs a caller');
  }
  const scene = { snapshot, given: new Map(), isComplete: false };
  const made = createShared(scene, { actions: ECR_ACTIONS, sessionPolicies: null, snapshotOf });
  const shared = keepsCallers ? keepingCallers(made) : made;
  const regions = [...new Set([...others, ...regionsOf(snapshot)])].toSorted();
  const engineFor = (
    resourceType: 'repository' | 'registry',
    targets: readonly Target[],
    snapshotAt: (index: number) => Snapshot,
  ): Engine | null =>
    targets.length === 0 ? null : createEngine(shared, { resourceType, targets, anyCaller, includeDenied, snapshotAt });
  const profileOptions = { includeDenied, shown: new Map() };
  const registryProfiles = createProfiles(shared.answers, profileOptions);
  const profiles = createProfiles(shared.answers, profileOptions);
  const noToken = shared.answers.of(NOTHING_ALLOWS);
  const registriesIn = (over: Snapshot): ((caller: Caller) => OwnRegistries) => {
    const registries = createRegistries(regions, (targets) => engineFor('registry', targets, () => over));
    const ofRegistries = (caller: Caller): OwnRegistries => {
      const inRegion = registries(caller);
      const own = new Map(regions.map((region) => [region, inRegion(region)]));
      return {
        tokens: new Map(
          regions.map((region) => [
            region,
            caller.side === 'nothing' ? null : (own.get(region)?.answers.get(TOKEN_ACTION) ?? noToken),
          ]),
        ),
        access: ownRegions(over, caller).flatMap((region): RegistryAccess[] => {
          const answers = own.get(region);
          const profile = answers === undefined ? null : registryProfiles.ofRegistry(answers);
          return profile === null ? [] : [{ accountId: caller.request.accountId ?? NO_ACCOUNT, region, profile }];
        }),
      };
    };
    return keepsCallers ? rememberedBy(ofRegistries) : ofRegistries;
  };
  const registriesOver = rememberedBy(registriesIn);

  return {
    over(repositories, { snapshotAt, ofRegistries } = { snapshotAt: () => snapshot, ofRegistries: snapshot }) {
      const engine = engineFor('repository', repositories.map(repositoryTarget), snapshotAt);
      const registriesOf = registriesOver(ofRegistries);
      const context = { byRegion: repositorySets(repositories, regions), profiles, sets: createSetCatalogue() };
      const known = new Map<string, readonly RepositoryAccess[]>();
      return {
        accessOf(caller) {
          const { tokens, access } = registriesOf(caller);
          let blocks: readonly RepositoryAccess[] = [];
          if (engine !== null) {
            const there = engine.answersOf(caller);
            const key = `${there.number} ${[...tokens.values()].join(' ')}`;
            blocks = known.get(key) ?? repositoryAccess(engine, there.blocks, { ...context, tokens });
            known.set(key, blocks);
          }
          return { principal: caller.ref, repositories: blocks, registries: access };
        },
        blocksOf: (caller) => engine?.answersOf(caller).blocks ?? [],
        sideNumberOf: (caller) => engine?.sideNumberOf(caller) ?? 0,
      };
    },
  };
}

/** What a caller may do in the registries of its account, and the number of the answer about the token there. */
interface OwnRegistries {
  /** By region; null for callers that need none. */
  readonly tokens: ReadonlyMap<string, number | null>;
  readonly access: readonly RegistryAccess[];
}

function keepingCallers(shared: Shared): Shared {
  return { ...shared, callerOf: rememberedBy((caller) => shared.callerOf(caller)) };
}

function rememberedBy<Key extends Caller | Snapshot, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const known = made.get(key) ?? { value: make(key) };
    made.set(key, known);
    return known.value;
  };
}

function regionsOf(snapshot: Snapshot): string[] {
  return [...snapshot.accounts.values()].flatMap(({ regions }) => [...regions.keys()]);
}

function ownRegions(snapshot: Snapshot, caller: Caller): string[] {
  return [...(snapshot.accounts.get(caller.request.accountId ?? '')?.regions.keys() ?? [])].toSorted();
}

/** The answers about the registry of a caller's own account, in all regions: a token is asked for wherever one pulls. */
type Registries = (caller: Caller) => (region: string) => NumberedAnswers;

/**
 * An engine for each account, because nobody asks for the registry of another. One engine for the registries of all
 * accounts took three times as long with 20 accounts, and a third of everything with 400.
 */
function createRegistries(
  regions: readonly string[],
  engineFor: (targets: readonly Target[]) => Engine | null,
): Registries {
  const places = new Map(regions.map((region, index) => [region, index]));
  const engineOf = remember((accountId: string) =>
    engineFor(regions.map((region) => registryTarget(accountId, region))),
  );
  return (caller) => {
    const accountId = caller.request.accountId ?? NO_ACCOUNT;
    const engine = engineOf(accountId, accountId);
    const blocks = engine?.answersOf(caller).blocks ?? [];
    return (region) => {
      const index = places.get(region);
      const block = index === undefined ? undefined : blocks.find(({ set }) => has(set, index));
      return block === undefined || engine === null
        ? { number: -1, answers: new Map() }
        : { number: block.answers, answers: engine.valueOf(block.answers) };
    };
  };
}

function repositorySets(repositories: readonly Repository[], regions: readonly string[]): ReadonlyMap<string, BitSet> {
  const sets = new Map(regions.map((region) => [region, bitSet(repositories.length)]));
  for (const [index, { region }] of repositories.entries()) {
    const set = sets.get(region);
    if (set !== undefined) {
      add(set, index);
    }
  }
  return sets;
}

interface Context {
  /** The number of the answer about the token, by region; null for callers that need none. */
  readonly tokens: ReadonlyMap<string, number | null>;
  readonly byRegion: ReadonlyMap<string, BitSet>;
  readonly profiles: Profiles;
  readonly sets: SetCatalogue;
}

/** Repositories for which all actions and the token have the same answers, with what that comes to. */
function repositoryAccess(engine: Engine, blocks: readonly AnsweredBlock[], context: Context): RepositoryAccess[] {
  const byProfile = new Map<AccessProfile, BitSet>();
  for (const { set, answers: number } of blocks) {
    for (const { token, set: there } of byToken(set, context)) {
      const profile = context.profiles.ofRepository({ number, answers: engine.valueOf(number) }, token);
      if (profile !== null) {
        const found = byProfile.get(profile);
        byProfile.set(profile, found === undefined ? there : or(found, there));
      }
    }
  }
  return [...byProfile].map(([profile, set]) => ({ set: context.sets.same(set), profile }));
}

function byToken(
  set: BitSet,
  { tokens, byRegion }: Context,
): { readonly token: number | null; readonly set: BitSet }[] {
  const regions = Map.groupBy(byRegion.entries(), ([region]) => tokens.get(region) ?? null);
  if (regions.size === 1) {
    return [...regions.keys()].map((token) => ({ token, set }));
  }
  return [...regions]
    .map(([token, entries]) => ({
      token,
      set: entries.map(([, there]) => and(set, there)).reduce((a, b) => or(a, b)),
    }))
    .filter((part) => !isEmpty(part.set));
}
