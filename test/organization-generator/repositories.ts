import type { PolicyDocument } from '../sample-organization/model.ts';
import { SERVICES } from './ecr-statements.ts';
import type { Registry, Repository } from './model.ts';
import type { Random } from './random.ts';
import { registryPolicy, replicationOf } from './registry-policies.ts';
import { type Grantees, repositoryPolicy } from './repository-policies.ts';
import { type Place, streamFor, teamFor } from './scene.ts';

const POLICY_SHARE = 0.4;

/** Texts that whoever makes repositories here copies again and again. */
const SHARED_TEXTS = 12;
const SHARED_SHARE = 0.55;

/** The registries of an account, with their repositories spread over its regions. */
export function makeRegistries(place: Place, grantees: Grantees): Registry[] {
  const { account } = place;
  const registries = account.regions.map((region): Registry => {
    const random = streamFor(place, `registry ${region}`);
    return {
      region,
      repositories: [],
      policy: random.chance(0.5) ? registryPolicy(random, place, region) : null,
      scope: random.chance(0.6) ? 'V2' : 'V1',
      replicatesTo: replicationOf(random, place, region),
    };
  });
  const sharedTexts = Array.from({ length: SHARED_TEXTS }, (_, index) => {
    const random = streamFor(place, `shared text ${index}`);
    return repositoryPolicy(random, place, teamFor(random, account.teams), grantees);
  });
  const taken = new Set<string>();
  for (let number = 0; number < account.repositoryCount; number += 1) {
    const random = streamFor(place, `repository ${number}`);
    // The first region is home; the others hold copies and what is needed close by.
    const registry = registries[random.chance(0.6) ? 0 : random.below(registries.length)];
    registry?.repositories.push(makeRepository(random, { place, registry, taken, grantees, sharedTexts }));
  }
  return registries;
}

interface Surroundings {
  readonly place: Place;
  readonly registry: Pick<Registry, 'region'>;
  /** Region and name of what is there already. */
  readonly taken: Set<string>;
  readonly grantees: Grantees;
  readonly sharedTexts: readonly PolicyDocument[];
}

export function makeRepository(random: Random, surroundings: Surroundings): Repository {
  const { place, registry, taken, grantees, sharedTexts } = surroundings;
  const team = teamFor(random, place.account.teams);
  const name = freeName(random, team, registry.region, taken);
  const text = sharedTexts.length > 0 && random.chance(SHARED_SHARE) ? random.pick(sharedTexts) : null;
  return {
    name,
    tags: {
      ...(random.chance(0.75) ? { team } : {}),
      ...(random.chance(0.55) ? { env: random.pick(['production', 'staging', 'development']) } : {}),
      ...(random.chance(0.1) ? { retention: random.pick(['keep', '30-days']) } : {}),
    },
    ...(random.chance(POLICY_SHARE) ? { policy: text ?? repositoryPolicy(random, place, team, grantees) } : {}),
  };
}

function freeName(random: Random, team: string, region: string, taken: Set<string>): string {
  const service = `${random.pick(SERVICES)}-${random.pick(['api', 'worker', 'web', 'cron', 'migrations', 'proxy'])}`;
  const name = random.weighted({ team: 84, base: 6, cache: 5, golden: 3, plain: 2 });
  const stem = {
    team: `${team}/${service}`,
    base: `base/${random.pick(['node', 'java', 'python', 'go', 'debian', 'nginx'])}-${10 + random.below(20)}`,
    cache: `docker-hub/library/${random.pick(SERVICES)}`,
    golden: `golden/${service}`,
    plain: service,
  }[name];
  let free = stem;
  for (let copy = 2; taken.has(`${region} ${free}`); copy += 1) {
    free = `${stem}-${copy}`;
  }
  taken.add(`${region} ${free}`);
  return free;
}
