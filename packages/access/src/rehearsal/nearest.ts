import { editDistance } from '../edit-distance.ts';

const NAMES_MAX = 3;
const EDITS_MAX = 3;
// A comparison costs the product of both lengths.
const NAME_LENGTH_MAX = 64;

/** The names nearest to one that is not there, compared by what follows the last `/`; the nearest first. */
export function nearestOf(names: readonly string[], wanted: string): string[] {
  const last = shortName(wanted);
  return names
    .flatMap((name) => {
      const edits = editDistance(shortName(name), last);
      return edits <= Math.min(EDITS_MAX, Math.floor(last.length / 2)) ? [{ name, edits }] : [];
    })
    .toSorted((a, b) => a.edits - b.edits || (a.name < b.name ? -1 : 1))
    .slice(0, NAMES_MAX)
    .map(({ name }) => name);
}

/** `: did you mean ...?`, or nothing. */
export function didYouMean(names: readonly string[]): string {
  return names.length === 0 ? '' : `; did you mean ${names.map((name) => `\`${name}\``).join(', ')}?`;
}

function shortName(text: string): string {
  return text
    .slice(text.lastIndexOf('/') + 1)
    .slice(0, NAME_LENGTH_MAX)
    .toLowerCase();
}
