import { type Atom, type Formula, formulaId, type Junction, literalAtom, visitAtoms } from './formula.ts';
import { firstSpelled } from './gather.ts';

/**
 * Atoms that may be gone over again, times those that there are, before what is left stays as it is. Only members with
 * junctions inside them that change again and again get there; each round of a real policy changes other members.
 */
const REWORK_MAX = 20;

type JunctionFormula = Extract<Formula, { readonly kind: Junction }>;

export type Substitute = (formula: Formula, settle: (atom: Atom) => boolean | null) => Formula;

/** A member of the other kind, with those of its parts that are not settled yet. */
interface Clause {
  readonly formula: JunctionFormula;
  /** By the ids of their atoms. */
  readonly literals: Map<string, Formula>;
  readonly nested: readonly Formula[];
  readonly atomCount: number;
}

/**
 * The members of a junction with an index of their parts: a literal that comes to light costs what it touches.
 *
 * A literal that is a part is taken out in place; only a member that holds it deeper is rebuilt.
 */
export class Propagation {
  readonly #junction: Junction;
  readonly #inner: Junction;
  readonly #substitute: Substitute;
  readonly #literals = new Map<string, Formula>();
  readonly #clauses = new Set<Clause>();
  /** The clauses that hold an atom, as a part or deeper. */
  readonly #asPart = new Map<string, Clause[]>();
  readonly #asNested = new Map<string, Clause[]>();
  /** The literals that no clause was told yet: the id of the atom, and what it comes to inside the clauses. */
  #fresh = new Map<string, boolean>();

  constructor(junction: Junction, substitute: Substitute) {
    this.#junction = junction;
    this.#inner = junction === 'all' ? 'any' : 'all';
    this.#substitute = substitute;
  }

  run(members: Iterable<Formula>): Map<string, Formula> | null {
    for (const member of members) {
      if (!this.#add(member)) {
        return null;
      }
    }
    let workMax = 0;
    for (const clause of this.#clauses) {
      workMax += clause.atomCount * REWORK_MAX;
    }
    // Looked at between rounds only, so that the order of the members decides nothing.
    for (let work = 0; this.#fresh.size > 0 && work <= workMax;) {
      const rebuilt = this.#round();
      if (rebuilt === null) {
        return null;
      }
      work += rebuilt;
    }
    return this.#result();
  }

  #result(): Map<string, Formula> {
    const members = new Map<string, Formula>();
    for (const member of [...this.#literals.values(), ...[...this.#clauses].map((clause) => this.#remainder(clause))]) {
      const id = formulaId(member);
      const known = members.get(id);
      members.set(id, known === undefined ? member : firstSpelled(known, member));
    }
    return members;
  }

  /** False where the member decides the junction, by itself or against another. */
  #add(member: Formula): boolean {
    switch (member.kind) {
      case 'true':
      case 'false':
        return member.kind === (this.#junction === 'all' ? 'true' : 'false');
      case 'all':
      case 'any':
        if (member.kind === this.#junction) {
          return member.of.every((part) => this.#add(part));
        }
        this.#addClause(member);
        return true;
      default:
        return this.#addLiteral(member);
    }
  }

  #addLiteral(literal: Formula): boolean {
    const id = atomId(literal);
    const known = this.#literals.get(id);
    if (known !== undefined && known.kind !== literal.kind) {
      return false;
    }
    this.#literals.set(id, known === undefined ? literal : firstSpelled(known, literal));
    if (known === undefined) {
      this.#fresh.set(id, (literal.kind !== 'not') === (this.#junction === 'all'));
    }
    return true;
  }

  #addClause(formula: JunctionFormula): void {
    const literals = new Map<string, Formula>();
    const nested: Formula[] = [];
    const nestedIds = new Set<string>();
    let atomCount = 0;
    for (const part of formula.of) {
      if (part.kind === 'all' || part.kind === 'any') {
        nested.push(part);
        visitAtoms(part, (atom) => {
          atomCount += 1;
          nestedIds.add(formulaId(atom));
        });
      } else {
        atomCount += 1;
        literals.set(atomId(part), part);
      }
    }
    const clause: Clause = { formula, literals, nested, atomCount };
    this.#clauses.add(clause);
    literals.forEach((_, id) => enter(this.#asPart, id, clause));
    nestedIds.forEach((id) => enter(this.#asNested, id, clause));
  }

  /** Tells the clauses the fresh literals. Gives the number of atoms that were gone over; null where it is decided. */
  #round(): number | null {
    const fresh = this.#fresh;
    this.#fresh = new Map();
    const touched = new Set<Clause>();
    const toRebuild = new Set<Clause>();
    for (const [id, value] of fresh) {
      for (const clause of this.#asPart.get(id) ?? []) {
        const part = clause.literals.get(id);
        if (part === undefined || !this.#clauses.has(clause)) {
          continue;
        }
        touched.add(clause);
        if ((part.kind !== 'not') === value ? this.#inner === 'any' : this.#inner === 'all') {
          // The part decides the clause, which then says nothing more.
          this.#clauses.delete(clause);
        } else {
          clause.literals.delete(id);
        }
      }
      for (const clause of this.#asNested.get(id) ?? []) {
        touched.add(clause);
        toRebuild.add(clause);
      }
    }
    let work = 0;
    for (const clause of touched) {
      const isChanged = toRebuild.has(clause) || clause.literals.size + clause.nested.length < 2;
      if (!isChanged || !this.#clauses.delete(clause)) {
        continue;
      }
      const remainder = this.#remainder(clause);
      const rebuilt = toRebuild.has(clause)
        ? this.#substitute(remainder, (atom) => fresh.get(formulaId(atom)) ?? null)
        : remainder;
      work += clause.atomCount;
      if (!this.#add(rebuilt)) {
        return null;
      }
    }
    return work;
  }

  /** The clause without the parts that came to nothing. What is left of a simplified clause is as simple. */
  #remainder(clause: Clause): Formula {
    if (clause.literals.size + clause.nested.length === clause.formula.of.length) {
      return clause.formula;
    }
    const left = clause.formula.of.filter((part) => literalAtom(part) === null || clause.literals.has(atomId(part)));
    const [only] = left;
    if (only === undefined) {
      return { kind: this.#inner === 'all' ? 'true' : 'false' };
    }
    return left.length === 1 ? only : { kind: this.#inner, of: left };
  }
}

function atomId(literal: Formula): string {
  return formulaId(literalAtom(literal) ?? literal);
}

function enter(index: Map<string, Clause[]>, id: string, clause: Clause): void {
  const known = index.get(id);
  if (known === undefined) {
    index.set(id, [clause]);
  } else {
    known.push(clause);
  }
}
