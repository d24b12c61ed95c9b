import { MULTIVALUED_KEYS } from './context.ts';
import { type Atom, atomsOf, FALSE, type Formula, formulaId, substitute, TRUE } from './formula.ts';
import { type BaseOperator, matchValue, OPERATORS, operatorSyntax } from './operators.ts';
import { parseTemplate, type Template } from './template.ts';

/** Assignments that are tried before giving up; a formula of real policies needs a few dozen. */
const ASSIGNMENTS_MAX = 4096;

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
  const byKey = readingsByKey(atoms);
  // Each named value is at least one state: counted first, because two thousand values take seconds to branch over.
  if (byKey.reduce((product, readings) => product * stateCountMin(readings), 1) > ASSIGNMENTS_MAX) {
    return formula;
  }
  const branches = byKey.map(branchesOfKey);
  // Counted before any of them is made: twenty patterns on one key would already make a million.
  const count = branches.reduce((product, options) => product * worldCount(options), 1);
  if (count > ASSIGNMENTS_MAX) {
    return formula;
  }
  const worlds = branches.map((options) => options.flatMap(worldsOf));
  const seen = new Set<string>();
  for (const world of combinations(worlds)) {
    const value = substitute(formula, (atom) => world.get(formulaId(atom)) ?? null);
    if (value.kind !== 'true' && value.kind !== 'false') {
      return formula;
    }
    seen.add(value.kind);
    if (seen.size === 2) {
      return formula;
    }
  }
  return seen.has('true') ? TRUE : FALSE;
}

/** What each atom comes to in one possible state of the request. */
type World = ReadonlyMap<string, boolean>;

/** Worlds that agree on `fixed`, and in which each atom of `free` may hold or not. */
interface Branch {
  readonly fixed: World;
  readonly free: readonly Reading[];
}

/** What is known of the atoms of each key, and of each atom that is about no key. */
function readingsByKey(atoms: readonly Atom[]): Reading[][] {
  const byKey = new Map<string, Reading[]>();
  for (const atom of atoms) {
    const key = atom.kind === 'condition' ? atom.key.toLowerCase() : formulaId(atom);
    const readings = byKey.get(key) ?? [];
    readings.push(readAtom(atom));
    byKey.set(key, readings);
  }
  return [...byKey.values()];
}

/** Absence, each value that is named, and any other value; one where no values are named. */
function stateCountMin(readings: readonly Reading[]): number {
  return readings.some((reading) => reading.values === null)
    ? 1
    : new Set(readings.flatMap((reading) => reading.values ?? [])).size + 2;
}

function worldCount(branches: readonly Branch[]): number {
  return branches.reduce((sum, { free }) => sum + 2 ** free.length, 0);
}

function worldsOf({ fixed, free }: Branch): World[] {
  return [...combinations(free.map(bothValues))].map((combination) => new Map([...fixed, ...combination]));
}

/** The states that one key may be in. */
function branchesOfKey(readings: readonly Reading[]): Branch[] {
  const whenAbsent: Branch = {
    free: [],
    fixed: new Map(readings.map((reading) => [reading.id, reading.whenAbsent === true])),
  };
  if (readings.some((reading) => reading.values === null)) {
    // Only absence ties atoms together that are not about single, literal values.
    const isOneKey = readings.every((reading) => reading.whenAbsent !== null);
    const isNull = readings.filter((reading) => reading.operator === 'Null');
    const whenPresent: Branch = {
      free: readings.filter((reading) => reading.operator !== 'Null'),
      fixed: new Map(isNull.map((reading) => [reading.id, false])),
    };
    return isOneKey ? [whenAbsent, whenPresent] : [whenPresent];
  }
  const named = new Set(readings.flatMap((reading) => reading.values ?? []));
  const whenNamed = [...named].map((value): Branch => ({
    free: [],
    fixed: new Map(readings.map((reading) => [reading.id, reading.holdsFor(value)])),
  }));
  // Any other value: literal comparisons fail, patterns may match or not.
  const whenOther: Branch = {
    free: readings.filter((reading) => reading.isPattern),
    fixed: new Map(readings.filter((reading) => !reading.isPattern).map((reading) => [reading.id, false])),
  };
  return [whenAbsent, ...whenNamed, whenOther];
}

interface Reading {
  readonly id: string;
  readonly operator: string | null;
  /** The literal values that it names, null where its truth does not follow from one literal value. */
  readonly values: readonly string[] | null;
  readonly isPattern: boolean;
  /** Null for atoms that are about no condition key. */
  readonly whenAbsent: boolean | null;
  holdsFor(value: string): boolean;
}

const LITERAL_OPERATORS: ReadonlySet<string> = new Set(['StringEquals', 'StringLike', 'Bool', 'ArnEquals', 'ArnLike']);

function readAtom(atom: Atom): Reading {
  const id = formulaId(atom);
  if (atom.kind !== 'condition') {
    return { id, operator: null, values: null, isPattern: false, whenAbsent: null, holdsFor: () => false };
  }
  const whenAbsent = atom.operator === 'Null' || atom.operator.startsWith('ForAllValues:');
  if (atom.operator === 'Null') {
    return { id, operator: 'Null', values: [], isPattern: false, whenAbsent, holdsFor: () => false };
  }
  // A list may hold several values at once, so that literals do not exclude each other.
  const isSingle = !MULTIVALUED_KEYS.has(atom.key.toLowerCase());
  const base = isSingle && LITERAL_OPERATORS.has(atom.operator) ? (OPERATORS[atom.operator]?.base ?? null) : null;
  const templates = base === null ? null : literalTemplates(base, atom.values);
  if (base === null || templates === null) {
    return { id, operator: atom.operator, values: null, isPattern: true, whenAbsent, holdsFor: () => false };
  }
  return {
    id,
    operator: atom.operator,
    values: templates
      .filter(isLiteral)
      .map((template) => template.map((token) => (token.kind === 'text' ? token.text : '')).join('')),
    isPattern: !templates.every(isLiteral),
    whenAbsent,
    holdsFor: (value) => templates.some((template) => matchValue(base, value, template) === 'yes'),
  };
}

function isLiteral(template: Template): boolean {
  return template.every((token) => token.kind === 'text');
}

/** Null where a value holds a variable: then it names no literal value. */
function literalTemplates(base: BaseOperator, values: readonly string[]): Template[] | null {
  const syntax = operatorSyntax(base);
  const templates: Template[] = [];
  for (const value of values) {
    const parsed = parseTemplate(value, { ...syntax, variables: true }, 'residual');
    if (parsed.kind === 'unreadable' || parsed.value.some((token) => token.kind === 'variable')) {
      return null;
    }
    templates.push(parsed.value);
  }
  return templates;
}

function bothValues(reading: Reading): World[] {
  return [new Map([[reading.id, true]]), new Map([[reading.id, false]])];
}

function* combinations(options: readonly (readonly World[])[]): Generator<World> {
  const [first, ...rest] = options;
  if (first === undefined) {
    yield new Map();
    return;
  }
  for (const head of first) {
    for (const tail of combinations(rest)) {
      yield new Map([...head, ...tail]);
    }
  }
}
