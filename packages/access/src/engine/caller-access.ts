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
import { createSetCatalogue, type SetCatalogue } from './set-catalogue.ts';
import { createShared } from './shared.ts';

interface Subjects {
  readonly callers: readonly Caller[];
  /** In the order of their ARNs. */
  readonly repositories: readonly Repository[];
}

interface Options {
  readonly includeDenied?: boolean;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** What each caller may do, in the order of the callers. Computed as it is read. */
export function* callerAccess(
  snapshot: Snapshot,
  { callers, repositories }: Subjects,
  { includeDenied = false, onProgress }: Options,
): Generator<PrincipalAccess> {
  const [anyCaller] = callers;
  if (anyCaller === undefined) {
    return;
  }
  const scene = { snapshot, given: new Map(), isComplete: false };
  const shared = createShared(scene, { actions: ECR_ACTIONS, sessionPolicies: null });
  const profiles = createProfiles(shared.answers, { includeDenied });
  const regions = [...new Set([...repositories.map(({ region }) => region), ...regionsOf(snapshot)])].toSorted();
  const engineFor = (resourceType: 'repository' | 'registry', targets: readonly Target[]): Engine | null =>
    targets.length === 0 ? null : createEngine(shared, { resourceType, targets, anyCaller, includeDenied });
  const registries = createRegistries(callers, regions, (targets) => engineFor('registry', targets));
  const engine = engineFor('repository', repositories.map(repositoryTarget));
  const noToken = shared.answers.of(NOTHING_ALLOWS);
  const context = { byRegion: repositorySets(repositories, regions), profiles, sets: createSetCatalogue() };
  const known = new Map<string, readonly RepositoryAccess[]>();

  for (const [index, caller] of callers.entries()) {
    const inRegion = registries(caller);
    const own = new Map(regions.map((region) => [region, inRegion(region)]));
    const tokens = new Map(
      regions.map((region) => [
        region,
        caller.side === 'nothing' ? null : (own.get(region)?.answers.get(TOKEN_ACTION) ?? noToken),
      ]),
    );
    let blocks: readonly RepositoryAccess[] = [];
    if (engine !== null) {
      const there = engine.answersOf(caller);
      const key = `${there.number} ${[...tokens.values()].join(' ')}`;
      blocks = known.get(key) ?? repositoryAccess(engine, there.blocks, { ...context, tokens });
      known.set(key, blocks);
    }
    yield {
      principal: caller.ref,
      repositories: blocks,
      registries: ownRegions(snapshot, caller).flatMap((region): RegistryAccess[] => {
        const answers = own.get(region);
        const profile = answers === undefined ? null : profiles.ofRegistry(answers);
        return profile === null ? [] : [{ accountId: caller.request.accountId ?? NO_ACCOUNT, region, profile }];
      }),
    };
    onProgress?.({ done: index + 1, total: callers.length });
  }
}

function regionsOf(snapshot: Snapshot): string[] {
  return [...snapshot.accounts.values()].flatMap(({ regions }) => [...regions.keys()]);
}

function ownRegions(snapshot: Snapshot, caller: Caller): string[] {
  return [...(snapshot.accounts.get(caller.request.accountId ?? '')?.regions.keys() ?? [])].toSorted();
}

/** The answers about the registries of the callers' accounts, in all regions: a token is asked for wherever one pulls. */
type Registries = (caller: Caller) => (region: string) => NumberedAnswers;

function createRegistries(
  callers: readonly Caller[],
  regions: readonly string[],
  engineFor: (targets: readonly Target[]) => Engine | null,
): Registries {
  const accounts = [...new Set(callers.map(({ request }) => request.accountId ?? NO_ACCOUNT))].toSorted();
  const places = accounts.flatMap((accountId) => regions.map((region) => ({ accountId, region })));
  const indices = new Map(places.map(({ accountId, region }, index) => [`${accountId} ${region}`, index]));
  const engine = engineFor(places.map(({ accountId, region }) => registryTarget(accountId, region)));
  return (caller) => {
    const blocks = engine?.answersOf(caller).blocks ?? [];
    return (region) => {
      const index = indices.get(`${caller.request.accountId ?? NO_ACCOUNT} ${region}`);
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
