import {
  FALSE,
  matchPrincipal,
  matchStatement,
  type PrincipalElement,
  type PrincipalForm,
  type RequestPrincipal,
} from '@ecr-audit/policy';
import { type BitSet, firstOf, or, type WordRange, wordsOf } from '../bit-set.ts';
import { type ObservedContext, PRINCIPAL_TAG, requestContext } from '../evaluate/request-context.ts';
import type { ActionColumn } from './action-columns.ts';
import type { CallerView } from './caller-view.ts';
import type { ContributionCatalogue } from './contribution.ts';
import type { EngineStatement } from './engine-statement.ts';
import type { PlacedStatement } from './placed-statement.ts';
import { resourceParts } from './resource-parts.ts';
import type { SetCatalogue } from './set-catalogue.ts';
import type { World } from './world.ts';

/** Where a statement adds a contribution. */
export interface Application {
  readonly set: BitSet;
  /** Those of the set in which it has members: most sets are a few repositories. */
  readonly words: WordRange;
  readonly contribution: number;
}

/** What one statement comes to for one caller, all over the world. Equal ones have one number. */
export interface ApplicationList {
  readonly number: number;
  readonly entries: readonly Application[];
}

export interface Applications {
  of(placed: PlacedStatement, view: CallerView): ApplicationList;
  /** Whether a statement of a resource policy may say anything to a caller. */
  concerns(statement: EngineStatement, view: CallerView): boolean;
}

/** Finds out once what a statement comes to for all the callers whom it cannot tell apart. */
export function createApplications(
  world: World,
  context: {
    readonly columns: readonly ActionColumn[];
    readonly sets: SetCatalogue;
    readonly contributions: ContributionCatalogue;
  },
): Applications {
  const lists = new Map<string, ApplicationList>();
  const forms = createForms();
  const nothing = { number: 0, entries: [] };
  lists.set('', nothing);
  const byStatement = new Map<EngineStatement, Map<string, ApplicationList>>();
  const intern = (entries: readonly Application[]): ApplicationList => {
    const key = entries.map(({ set, contribution }) => `${contribution}:${context.sets.numberOf(set)}`).join(' ');
    const list = lists.get(key) ?? { number: lists.size, entries };
    lists.set(key, list);
    return list;
  };
  const formFor = ({ statement }: EngineStatement, view: CallerView): string =>
    statement.principal === null ? '' : forms.of(statement.principal, view);
  return {
    concerns: (statement, view) => formFor(statement, view) !== NOBODY || statement.asksTagsInResource,
    of(placed, view) {
      const { statement, gate, columns } = placed;
      const byView = byStatement.get(statement) ?? new Map<string, ApplicationList>();
      byStatement.set(statement, byView);
      const form = formFor(statement, view);
      if (form === NOBODY && !statement.asksTagsInResource) {
        return nothing;
      }
      const key = `${gate} ${columns} ${form}${viewKey(statement, view)}`;
      const known = byView.get(key);
      if (known !== undefined) {
        return known;
      }
      const list = intern(
        columnGroups(placed, context.columns).flatMap(({ column, columns }) =>
          computeEntries({ world, placed, view, column, columns }, context.contributions),
        ),
      );
      byView.set(key, list);
      return list;
    },
  };
}

/** Columns in which the statement applies alike, with one that stands for them. */
function columnGroups(
  { statement, columns: allowed }: PlacedStatement,
  columns: readonly ActionColumn[],
): { readonly column: ActionColumn; readonly columns: number }[] {
  const own = columns.filter(({ index }) => (statement.masks[index] ?? 0) !== 0 && (allowed & (1 << index)) !== 0);
  const [first] = own;
  if (first === undefined || statement.tellsColumnsApart) {
    return own.map((column) => ({ column, columns: 1 << column.index }));
  }
  return [{ column: first, columns: own.reduce((bits, { index }) => bits | (1 << index), 0) }];
}

/** Everything about the caller that the statement can see, save how its Principal names it. */
function viewKey({ principalKeys, principalConditions, readsPrincipal }: EngineStatement, view: CallerView): string {
  if (!readsPrincipal) {
    return '';
  }
  let key = '';
  for (const name of principalKeys) {
    key += ` ${view.valueOf(name)}`;
  }
  for (const condition of principalConditions) {
    key += ` ${view.outcomeOf(condition)}`;
  }
  return `${key} ${view.caller.request.kind}`;
}

type Principal = NonNullable<EngineStatement['statement']['principal']>;

const NOBODY = 'no';
const EVERYONE: PrincipalForm = 'direct';

/** How Principal elements name callers, as texts that are equal where it is the same. */
function createForms(): { of(principal: Principal, view: CallerView): string } {
  const known = new Map<PrincipalElement, Map<string, string>>();
  return {
    of(principal, view) {
      if (principal.kind === 'unreadable') {
        return 'unreadable';
      }
      // Everyone is named in one way, which needs no memory: policies for a whole organization are read for every account.
      if (!principal.value.isNegated && principal.value.entries.some(({ kind }) => kind === 'everyone')) {
        return EVERYONE;
      }
      if (view.likeness === null) {
        return formOf(principal.value, view.principal);
      }
      const byLikeness = known.get(principal.value) ?? new Map<string, string>();
      known.set(principal.value, byLikeness);
      const form = byLikeness.get(view.likeness) ?? formOf(principal.value, view.principal);
      byLikeness.set(view.likeness, form);
      return form;
    },
  };
}

function formOf(element: PrincipalElement, principal: RequestPrincipal): string {
  const match = matchPrincipal(element, 'Allow', principal);
  const form = match.kind === 'yes' ? match.form : NOBODY;
  return element.isNegated ? `${form} ${matchPrincipal(element, 'Deny', principal).kind}` : form;
}

interface Input {
  readonly world: World;
  readonly placed: PlacedStatement;
  readonly view: CallerView;
  readonly column: ActionColumn;
  readonly columns: number;
}

function computeEntries(input: Input, catalogue: ContributionCatalogue): Application[] {
  const sets = new Map<number, BitSet>();
  const { world, placed, column } = input;
  const parts = resourceParts({ world, placed, column, contextAt: (set) => contextAt(set, input) });
  for (const part of parts) {
    for (const contribution of contributionsIn(part, input, catalogue)) {
      const set = sets.get(contribution);
      sets.set(contribution, set === undefined ? part : or(set, part));
    }
  }
  return [...sets].map(([contribution, set]) => ({ set, words: wordsOf(set), contribution }));
}

function contributionsIn(part: BitSet, input: Input, catalogue: ContributionCatalogue): number[] {
  const { placed, view, column, columns } = input;
  const { gate, source, statement } = placed;
  const context = contextAt(part, input);
  const action = column.actions.find((_, bit) => ((statement.masks[column.index] ?? 0) & (1 << bit)) !== 0);
  if (action === undefined) {
    return [];
  }
  const matches = matchStatement(statement.statement, statement.kind, source.label, {
    principal: view.principal,
    action,
    resource: targetIn(part, input).resource,
    context,
  });
  const asksRoleTags =
    view.caller.request.kind === 'role' &&
    [...context.asked].some((key) => key.startsWith(PRINCIPAL_TAG) && !input.world.scene.given.has(key));
  if (matches.length === 0) {
    const silent = {
      gate,
      source,
      statement,
      columns,
      effect: null,
      formula: FALSE,
      form: null,
      doubts: [],
      asksRoleTags,
    };
    return asksRoleTags ? [catalogue.contributionOf(silent).number] : [];
  }
  return matches.map(
    ({ effect, formula, form, doubts }) =>
      catalogue.contributionOf({ gate, source, statement, columns, effect, formula, form, doubts, asksRoleTags })
        .number,
  );
}

/** The context of any one of the targets: the statement sees no difference between them. */
function contextAt(set: BitSet, input: Input): ObservedContext {
  return requestContext({
    ...input.world.scene,
    caller: input.view.caller,
    target: targetIn(set, input),
    action: input.column.actions[0],
  });
}

function targetIn(set: BitSet, { world }: Input): World['targets'][number] {
  const target = world.targets[firstOf(set)];
  if (target === undefined) {
    throw new Error('a set of targets has a member that the world does not have');
  }
  return target;
}
