import { members } from '../bit-set.ts';
import type { EvaluatedRepository } from '../evaluate/evaluate-snapshot.ts';
import type { Rehearsal } from './rehearse.ts';

/** Which use bears on a rehearsal, so that whoever keeps millions of uses need not read them all. */
export type AskedUse =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'repositories'; readonly repositories: readonly EvaluatedRepository[] }
  /** As activity is kept under. */
  | { readonly kind: 'principals'; readonly principalKeys: readonly string[] }
  | { readonly kind: 'everything' };

// One query each: more of them take longer than reading everything in pages.
const QUERIES_MAX = 100;

/** The use that `withUse` would find something in. */
export function askedUse({ principals, repositories }: Rehearsal): AskedUse {
  const risky = principals.flatMap(({ principals: who, changes }) => {
    const lost = changes.filter(({ kind }) => kind !== 'gained' && kind !== 'widened');
    return lost.length === 0 ? [] : [{ who, lost }];
  });
  if (risky.length === 0) {
    return { kind: 'nothing' };
  }
  const changes = risky.flatMap(({ lost }) => lost);
  const places = new Set(changes.flatMap(({ set }) => (set === null ? [] : [...members(set)])));
  if (changes.every(({ set }) => set !== null) && places.size <= QUERIES_MAX) {
    const there = [...places].toSorted((a, b) => a - b).flatMap((index) => repositories[index] ?? []);
    return { kind: 'repositories', repositories: there };
  }
  const who = risky.flatMap((group) => group.who);
  // Accounts that are not ours, and anyone, stand for many keys.
  return who.some(({ kind }) => kind === 'external') || who.length > QUERIES_MAX / 2
    ? { kind: 'everything' }
    : {
        kind: 'principals',
        principalKeys: [
          ...new Set(
            who.flatMap(({ id, kind, accountId, name }) =>
              kind === 'session' ? [id.slice(0, id.indexOf(':'))] : [id, `${kind}:${accountId ?? ''}/${name}`],
            ),
          ),
        ],
      };
}
