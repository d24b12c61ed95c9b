import { type Atom, atomsOf, FALSE, type Formula, formulaId, TRUE } from './formula.ts';
import { readAtom, type Reading } from './reading.ts';

/** States of a request that are tried before giving up; a formula of real policies needs a few dozen. */
const STATES_MAX = 4096;

/** States times parts of the formula, each of which takes nanoseconds: 2,000 values in 2,000 statements need half of it. */
const STEPS_MAX = 8_000_000;

/**
 * Finds out whether a formula that looks open is really always true or never true, because its conditions on one
 * key exclude or cover each other (`aws:SourceVpce` cannot be two endpoints at once).
 *
 * Sound, not complete: it tries, key by key, absence, every value that is named, and any other value, and leaves
 * open what it cannot tell. The formula comes back unchanged where it stays open.
 */
export function settle(formula: Formula): Formula {
  const atoms = atomsOf(formula);
  if (atoms.length < 2) {
    return formula;
  }
  const keys = readingsByKey(atoms);
  // Counted before any of them is made: twenty patterns on one key would already make a million.
  const count = stateCountOf(keys);
  if (count === null) {
    return formula;
  }
  const indexes = new Map(atoms.map((atom, index) => [formulaId(atom), index]));
  const compiled = compile(formula, indexes);
  if (count * compiled.size > STEPS_MAX) {
    return formula;
  }
  const seen = new Set<boolean>();
  tryStates(keys.map(statesOf), new Uint8Array(atoms.length), (truths) => {
    seen.add(holds(compiled.node, truths));
    return seen.size < 2;
  });
  return seen.size > 1 ? formula : seen.has(true) ? TRUE : FALSE;
}

/** The readings of one key, or of one atom that is about no key. */
type KeyReadings = readonly Reading[];

/** The atoms of one key that hold; the others of that key do not. */
type State = readonly number[];

function readingsByKey(atoms: readonly Atom[]): KeyReadings[] {
  const byKey = new Map<string, Reading[]>();
  for (const [index, atom] of atoms.entries()) {
    const key = atom.kind === 'condition' ? atom.key.toLowerCase() : formulaId(atom);
    const known = byKey.get(key);
    if (known === undefined) {
      byKey.set(key, [readAtom(atom, index)]);
    } else {
      known.push(readAtom(atom, index));
    }
  }
  return [...byKey.values()];
}

/** The states that all keys together may be in; null where those are too many. */
function stateCountOf(keys: readonly KeyReadings[]): number | null {
  let count = 1;
  for (const readings of keys) {
    count *= stateCount(readings);
    if (count > STATES_MAX) {
      return null;
    }
  }
  return count;
}

/** Whether the truth of every atom follows from one literal value of the key, or from its absence. */
function isLiteralKey(readings: KeyReadings): boolean {
  return readings.every((reading) => reading.literals !== null);
}

/** Only absence ties atoms together that are not about single, literal values. */
function mayBeAbsent(readings: KeyReadings): boolean {
  return readings.every((reading) => reading.whenAbsent !== null);
}

function namedValues(readings: KeyReadings): Set<string> {
  return new Set(readings.flatMap((reading) => reading.literals ?? []));
}

/** Those that hold or not, whatever the others do, where the key has a value that nobody names. */
function freeReadings(readings: KeyReadings): KeyReadings {
  return isLiteralKey(readings)
    ? readings.filter((reading) => reading.isPattern)
    : readings.filter((reading) => reading.operator !== 'Null');
}

function stateCount(readings: KeyReadings): number {
  const named = isLiteralKey(readings) ? namedValues(readings).size : 0;
  return (mayBeAbsent(readings) ? 1 : 0) + named + 2 ** freeReadings(readings).length;
}

/** The states that one key may be in: absence, each value that is named, and any other value. */
function statesOf(readings: KeyReadings): State[] {
  const states: State[] = [];
  if (mayBeAbsent(readings)) {
    states.push(indexesOf(readings.filter((reading) => reading.whenAbsent === true)));
  }
  if (isLiteralKey(readings)) {
    states.push(...namedStates(readings));
  }
  const free = freeReadings(readings);
  for (let mask = 0; mask < 2 ** free.length; mask += 1) {
    states.push(indexesOf(free.filter((_, bit) => Math.floor(mask / 2 ** bit) % 2 === 1)));
  }
  return states;
}

/** Atoms of plain literals are found by the value; only the others are compared with each. */
function namedStates(readings: KeyReadings): State[] {
  const exact = new Map<string, number[]>();
  for (const reading of readings.filter(({ isExact }) => isExact)) {
    for (const value of new Set(reading.literals)) {
      const known = exact.get(value);
      if (known === undefined) {
        exact.set(value, [reading.index]);
      } else {
        known.push(reading.index);
      }
    }
  }
  const compared = readings.filter(({ isExact }) => !isExact);
  return [...namedValues(readings)].map((value) => [
    ...(exact.get(value) ?? []),
    ...indexesOf(compared.filter((reading) => reading.holdsFor(value))),
  ]);
}

function indexesOf(readings: KeyReadings): number[] {
  return readings.map((reading) => reading.index);
}

/** Every combination of one state a key, until `visit` gives false. `truths` has a 1 for each atom that holds. */
function tryStates(
  keys: readonly (readonly State[])[],
  truths: Uint8Array,
  visit: (truths: Uint8Array) => boolean,
): boolean {
  const [first, ...rest] = keys;
  if (first === undefined) {
    return visit(truths);
  }
  return first.every((state) => {
    for (const index of state) {
      truths[index] = 1;
    }
    const goesOn = tryStates(rest, truths, visit);
    for (const index of state) {
      truths[index] = 0;
    }
    return goesOn;
  });
}

/** A formula with the places of its atoms, so that a state is tried without a look-up by text. */
type Node =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'literal'; readonly index: number; readonly value: 0 | 1 }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Node[] };

function compile(
  formula: Formula,
  indexes: ReadonlyMap<string, number>,
): { readonly node: Node; readonly size: number } {
  let size = 0;
  const visit = (part: Formula): Node => {
    size += 1;
    switch (part.kind) {
      case 'true':
      case 'false':
        return { kind: 'constant', value: part.kind === 'true' };
      case 'all':
      case 'any':
        return { kind: part.kind, of: part.of.map(visit) };
      case 'not':
        return { kind: 'literal', index: indexes.get(formulaId(part.of)) ?? -1, value: 0 };
      default:
        return { kind: 'literal', index: indexes.get(formulaId(part)) ?? -1, value: 1 };
    }
  };
  return { node: visit(formula), size };
}

function holds(node: Node, truths: Uint8Array): boolean {
  switch (node.kind) {
    case 'constant':
      return node.value;
    case 'literal':
      return truths[node.index] === node.value;
    case 'all':
      return node.of.every((part) => holds(part, truths));
    case 'any':
      return node.of.some((part) => holds(part, truths));
  }
}
