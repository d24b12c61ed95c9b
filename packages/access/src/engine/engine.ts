import { addCommon, type BitSet, intersectsWithin, isEmpty, wordsOf } from '../bit-set.ts';
import type { EcrAction } from '../ecr/actions.ts';
import type { Caller } from '../evaluate/caller.ts';
import type { Target } from '../evaluate/target.ts';
import type { Snapshot } from '../snapshot/model.ts';
import { type ApplicationList, createApplications } from './applications.ts';
import type { EngineStatement } from './engine-statement.ts';
import type { TargetFacts } from './facts.ts';
import { createInterner } from './interner.ts';
import { type Block, refineAll } from './partition.ts';
import { callerPossible, isAnyPossible } from './possible.ts';
import { type ActionAnswers, type CallerPart, createQuestions, type Questions } from './questions.ts';
import { createSequences, step, walk } from './sequences.ts';
import { createScratch, createSetCatalogue, type Scratch } from './set-catalogue.ts';
import type { Shared } from './shared.ts';
import { createRcpReads } from './rcp-reads.ts';
import { createTargetSides, type TargetSide } from './target-side.ts';
import { createWorld } from './world.ts';

/** Targets for which a caller has the same answers. */
export interface AnsweredBlock {
  readonly set: BitSet;
  /** For `Engine.valueOf`. */
  readonly answers: number;
}

/** The answers of one caller, in blocks that do not meet. Callers with the same number have the same. */
interface CallerAnswers {
  readonly number: number;
  readonly blocks: readonly AnsweredBlock[];
}

/** Answers every action of one kind of resource on every target, for one caller after the other. */
export interface Engine {
  answersOf(caller: Caller): CallerAnswers;
  /** The same number for callers to whom the policies of all targets say the same, and who stand alike to them. */
  sideNumberOf(caller: Caller): number;
  valueOf(answers: number): ActionAnswers;
}

export interface EngineInput {
  readonly resourceType: EcrAction['resourceType'];
  /** In the order of their resources. At least one. */
  readonly targets: readonly Target[];
  /** Any one caller. */
  readonly anyCaller: Caller;
  /** Where to read what stands over a target, by its index; the snapshot of the scene where nothing is said. */
  readonly snapshotAt?: (index: number) => Snapshot;
  /** Whether denials are answered too; without them, targets that cannot be reached are in no block. */
  readonly includeDenied: boolean;
}

/**
 * The engine: what `decide` says, for all targets and actions at once.
 *
 * Each statement is matched once for all callers and targets that it cannot tell apart; what it comes to is a number.
 * The targets of a caller fall into blocks with the same numbers, and each distinct list of numbers is judged once.
 */
export function createEngine(shared: Shared, input: EngineInput): Engine {
  const { scene, sources, contributions, callerFacts, answers, actionAnswers } = shared;
  const { resourceType, targets, anyCaller, includeDenied, snapshotAt } = input;
  const columns = shared.columns.filter((column) => column.resourceType === resourceType);
  const world = createWorld(scene, targets, anyCaller, snapshotAt);
  const parts = createSequences<CallerPart>();
  let partCount = 0;
  const callerPart = (factsNumber: number, numbers: readonly number[]): CallerPart => {
    const node = walk(step(parts, factsNumber), numbers);
    if (node.value === null) {
      const brought = numbers.map((each) => contributions.valueOf(each));
      const possible = callerPossible(callerFacts.valueOf(factsNumber), brought, columns);
      node.value = { number: partCount, facts: factsNumber, contributions: numbers, possible };
      partCount += 1;
    }
    return node.value;
  };
  const facts = createInterner<readonly TargetFacts[]>();
  const sets = createSetCatalogue();
  const scratch = createScratch(targets.length, sets);
  const applications = createApplications(world, { columns, sets, contributions });
  const onlyReachable = !includeDenied;
  const sides = createTargetSides({
    world,
    columns,
    sources,
    applications,
    contributions,
    facts,
    scratch,
    onlyReachable,
    // The actions of a registry are asked for in the caller's own.
    ownAccountOnly: resourceType === 'registry',
  });
  const targetFacts = facts;
  const questions = createQuestions({
    columns,
    callerFacts,
    targetFacts,
    contributions,
    answers,
    actionAnswers,
    includeDenied,
  });
  const distinct = createSequences<CallerAnswers>();
  let distinctCount = 0;
  const isHere = ({ resourceTypes }: EngineStatement): boolean => resourceTypes[resourceType];
  const rcpsOf = createRcpReads(applications, isHere);

  // Whoever asks for its number asks for the answers next.
  let latest: { readonly caller: Caller; readonly side: TargetSide } | null = null;
  const sideOf = (caller: Caller): TargetSide => {
    if (latest?.caller !== caller) {
      latest = { caller, side: sides.of(shared.callerOf(caller).view) };
    }
    return latest.side;
  };

  return {
    answersOf(caller) {
      const { side: own, view } = shared.callerOf(caller);
      const side = sideOf(caller);
      let node = step(step(distinct, own.factsNumber), side.number);
      const found: ApplicationList[] = [];
      for (const placed of own.statements) {
        if (isHere(placed.statement)) {
          found.push(applications.of(placed, view));
        }
      }
      const rcps = rcpsOf(side, view);
      for (const { number } of [...found, ...rcps]) {
        node = step(node, number);
      }
      if (node.value === null) {
        const entries = [...found, ...rcps.flatMap(({ lists }) => lists)].flatMap((list) => list.entries);
        const blocks = answeredBlocks({
          side,
          own: refineAll(
            isEmpty(side.scope) ? [] : [{ set: side.scope, words: wordsOf(side.scope), contributions: [] }],
            entries,
            world.all,
          ),
          partOf: (numbers) => callerPart(own.factsNumber, numbers),
          onlyReachable,
          questions,
          scratch,
        });
        node.value = { number: distinctCount, blocks };
        distinctCount += 1;
      }
      return node.value;
    },
    sideNumberOf: (caller) => sideOf(caller).number,
    valueOf: (number) => questions.valueOf(number),
  };
}

interface Combination {
  readonly side: TargetSide;
  /** Targets by what the caller's statements and the RCPs add. */
  readonly own: readonly Block[];
  readonly partOf: (contributions: readonly number[]) => CallerPart;
  readonly onlyReachable: boolean;
  readonly questions: Questions;
  readonly scratch: Scratch;
}

function answeredBlocks({ side, own, partOf, onlyReachable, questions, scratch }: Combination): AnsweredBlock[] {
  const sets = new Map<number, BitSet>();
  for (const { set, words: ownWords, contributions } of own) {
    const caller = partOf(contributions);
    for (const { set: targets, words, part } of side.blocks) {
      if (
        words.from >= ownWords.to ||
        words.to <= ownWords.from ||
        (onlyReachable && !isAnyPossible(caller.possible, part.possible)) ||
        !intersectsWithin(set, targets, words)
      ) {
        continue;
      }
      const answers = questions.answersTo(caller, part);
      let found = sets.get(answers);
      if (found === undefined) {
        found = scratch.take();
        sets.set(answers, found);
      }
      addCommon(found, { a: set, b: targets, words });
    }
  }
  return [...sets].map(([answers, set]) => ({ set: scratch.keep(set), answers }));
}
