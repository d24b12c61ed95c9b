import type { ManagedPolicy } from './model.ts';
import { type DocumentPurpose, identityDocument } from './identity-documents.ts';
import type { Random } from './random.ts';
import { type Place, streamFor, teamFor } from './scene.ts';

/** With AWS's own policies there is about one managed policy for every four principals. */
const POLICIES_PER_PRINCIPAL = 0.24;

const PURPOSES: Readonly<Record<DocumentPurpose, number>> = {
  pull: 12,
  push: 13,
  operate: 6,
  mixed: 10,
  other: 46,
  ownTag: 3,
  guard: 4,
  boundary: 6,
};

const PATHS: Readonly<Record<DocumentPurpose, string>> = {
  pull: '/',
  push: '/ci/',
  operate: '/platform/',
  mixed: '/',
  other: '/',
  ownTag: '/',
  guard: '/guards/',
  boundary: '/boundaries/',
};

/** The customer managed policies of an account, and whom they suit. */
export interface Catalog {
  readonly policies: ManagedPolicy[];
  /** A policy of the team where it has one, else one of another team; nothing where the account has none. */
  find(random: Random, purpose: DocumentPurpose, team: string): string[];
}

export function catalogOf(place: Place): Catalog {
  const { account } = place;
  const count = Math.ceil(account.principalCount * POLICIES_PER_PRINCIPAL);
  const names = new Map<string, string[]>();
  const policies = Array.from({ length: count }, (_, index): ManagedPolicy => {
    const random = streamFor(place, `policy ${index}`);
    // The first ones give even a small account one for each purpose that others rest on.
    const purpose = (['boundary', 'push', 'pull', 'ownTag'] as const)[index] ?? random.weighted(PURPOSES);
    const team = teamFor(random, account.teams);
    const name = `${team}-${purpose}-${index + 1}`;
    for (const key of [`${purpose} ${team}`, purpose]) {
      names.set(key, [...(names.get(key) ?? []), name]);
    }
    return { name, path: PATHS[purpose], document: identityDocument(random, place, team, purpose) };
  });
  return {
    policies,
    find(random, purpose, team) {
      const suited = names.get(`${purpose} ${team}`) ?? names.get(purpose) ?? [];
      return suited.length === 0 ? [] : [random.pick(suited)];
    },
  };
}
