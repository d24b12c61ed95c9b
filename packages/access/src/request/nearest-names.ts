import { editDistance } from '../edit-distance.ts';
import type { Snapshot } from '../snapshot/model.ts';
import { visible } from './visible.ts';

const NAMES_MAX = 3;
const EDITS_MAX = 3;
/** Names are compared up to this length: a comparison costs the product of both. */
const NAME_LENGTH_MAX = 64;

/** The principals whose names are nearest to a text that names none, as ARNs, the nearest first. */
export function nearestPrincipals(snapshot: Snapshot, text: string): string[] {
  const arns = [...snapshot.accounts.values()].flatMap(({ iam }) => iam?.principals.map(({ arn }) => arn) ?? []);
  return nearest(arns, text, lastPart);
}

/** The repositories whose names are nearest to the one asked for, as ARNs, the nearest first. */
export function nearestRepositories(snapshot: Snapshot, asked: { readonly resource: string }): string[] {
  const regions = [...snapshot.accounts.values()].flatMap((account) => [...account.regions.values()]);
  const arns = regions.flatMap(({ repositories }) => [...(repositories?.values() ?? [])].map(({ arn }) => arn));
  return nearest(arns, asked.resource, repositoryName);
}

function nearest(arns: readonly string[], text: string, nameOf: (arn: string) => string): string[] {
  const wanted = nameOf(text).slice(0, NAME_LENGTH_MAX).toLowerCase();
  if (wanted === '') {
    return [];
  }
  const place = placeOf(text);
  const near = arns.flatMap((arn) => {
    const edits = distance(wanted, nameOf(arn).slice(0, NAME_LENGTH_MAX).toLowerCase());
    // Of two that are equally near, the one in the account and region that was asked for is more likely meant.
    return edits === null ? [] : [{ arn, edits, elsewhere: Number(placeOf(arn) !== place) }];
  });
  return near
    .toSorted((a, b) => a.edits - b.edits || a.elsewhere - b.elsewhere || (a.arn < b.arn ? -1 : 1))
    .slice(0, NAMES_MAX)
    .map(({ arn }) => visible(arn));
}

/** Region and account. */
function placeOf(text: string): string {
  return text.split(':', 5).slice(3).join(':');
}

/** How far apart two names are; null where they are not near. One that holds the other whole is near too. */
function distance(a: string, b: string): number | null {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const wholeLengthMin = 4;
  if (short.length >= wholeLengthMin && long.includes(short)) {
    return Math.min(long.length - short.length, EDITS_MAX);
  }
  // A short name is near to everything of its length when as many characters may differ as it has.
  const editsMax = Math.min(EDITS_MAX, Math.floor(short.length / 2));
  const edits = long.length - short.length > editsMax ? null : editDistance(short, long);
  return edits === null || edits > editsMax ? null : edits;
}

/** `deploy` of `arn:aws:iam::111122223333:role/ci/deploy`; the role of a session. */
function lastPart(text: string): string {
  const parts = (text.split(':').at(-1) ?? '').split('/');
  return (parts[0] === 'assumed-role' ? parts[1] : parts.at(-1)) ?? '';
}

function repositoryName(text: string): string {
  const name = text.split(':').at(-1) ?? '';
  return name.startsWith('repository/') ? name.slice('repository/'.length) : name;
}
