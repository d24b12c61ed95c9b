// Two slips of the finger are a misspelling, three another word.
const distanceMax = 2;
// A name of a file is no longer; what is longer costs its square and is near nothing.
const lengthMax = 60;

/** Gives the name that was probably meant, or null. A swap of two neighbours counts as one slip. */
export function nearestName(written: string, names: readonly string[]): string | null {
  if (written.length > lengthMax) {
    return null;
  }
  const [nearest] = names
    .map((name) => ({ name, distance: distance(written.toLowerCase(), name.toLowerCase()) }))
    .filter((each) => each.distance <= distanceMax && each.distance < each.name.length)
    .toSorted((a, b) => a.distance - b.distance);
  return nearest?.name ?? null;
}

/** Optimal string alignment. */
function distance(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + (isSame ? 0 : 1),
          isSwap ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
