import { type Capability, TOKEN_ACTION } from '../ecr/capabilities.ts';
import { members } from '../bit-set.ts';
import type { Caller } from '../evaluate/caller.ts';
import type { IamPrincipal, NamedDocument, Snapshot } from '../snapshot/model.ts';
import { type Trial, withPolicies } from './evaluate-callers.ts';
import { isAllow, keepStatements } from './identity-documents.ts';
import { actionsOfCapability, alongWith, type Carriers, type Need, needsOf, takesToken } from './needs.ts';
import { renderConditions } from './render-conditions.ts';
import type { Scope } from './scope.ts';
import type { ConditionJson } from './suggested-document.ts';
import type { Use } from './uses.ts';
import type { PrefixesFor } from './write-statements.ts';

export type NeededRights =
  | {
      readonly kind: 'needed';
      readonly today: Trial;
      readonly needs: readonly Need[];
      readonly prefixesFor: PrefixesFor;
      readonly kept: readonly Use[];
      readonly keptByOthers: readonly Use[];
      readonly deniedAlready: readonly Use[];
      readonly leftOut: readonly Use[];
      readonly notes: readonly string[];
    }
  | { readonly kind: 'notWritable'; readonly action: string };

interface Input {
  readonly snapshot: Snapshot;
  readonly tryAll: (callers: readonly Caller[]) => readonly Trial[];
  readonly caller: Caller;
  readonly principal: IamPrincipal;
  readonly documents: readonly NamedDocument[];
  readonly scope: Scope;
  readonly uses: readonly Use[];
  readonly capability?: Capability;
}

/** What statements must give so that every use stays, found by taking the principal's own Allow statements away. */
export function neededRights(input: Input): NeededRights {
  const { scope, uses, capability } = input;
  const { carriersOf, registryCarriersOf, today } = carriersFor(input);
  const needs: Need[] = [];
  const found = { kept: [] as Use[], keptByOthers: [] as Use[], deniedAlready: [] as Use[], leftOut: [...scope.gone] };
  const wanted = capability === undefined ? null : new Set([...actionsOfCapability(capability), TOKEN_ACTION]);
  const here = uses.filter((use) => !scope.gone.includes(use));
  found.leftOut.push(...here.filter(({ action }) => wanted?.has(action) === false));
  const regions = new Set<string>();

  const chosen = here.filter(({ action }) => wanted?.has(action) !== false);
  const onRepositories = Map.groupBy(
    chosen.filter(({ place }) => place.repository !== null),
    ({ place }) => scope.indexOf(place) ?? -1,
  );
  const targets =
    capability !== undefined && onRepositories.size === 0
      ? new Map(held(today, capability).map((index): [number, Use[]] => [index, []]))
      : onRepositories;
  for (const [index, group] of targets) {
    const repository = scope.repositories[index];
    if (repository === undefined) {
      continue;
    }
    const used = new Set([...group.map(({ action }) => action), ...(group.length === 0 ? (wanted ?? []) : [])]);
    if (takesToken(used)) {
      regions.add(repository.region);
    }
    for (const action of alongWith(used, (each) => today.answer(index, each) !== null)) {
      const result = action === TOKEN_ACTION ? null : needsOf(action, carriersOf(index));
      if (result?.kind === 'notWritable') {
        return { kind: 'notWritable', action };
      }
      if (result?.kind === 'needs') {
        needs.push(...result.conditions.map((condition) => ({ repository, action, condition })));
      }
      const list = result === null ? null : found[LISTS[result.kind]];
      list?.push(...group.filter((use) => use.action === action));
    }
  }
  const registryUses = chosen.filter(({ place }) => place.repository === null);
  const asked = [
    ...registryUses.map(({ action, place }) => ({ action, region: place.region })),
    ...[...regions].map((region) => ({ action: TOKEN_ACTION, region })),
  ];
  const written = new Set<string>();
  for (const { action, region } of asked) {
    const result = needsOf(action, registryCarriersOf(region));
    if (result.kind === 'notWritable') {
      return { kind: 'notWritable', action };
    }
    if (!written.has(`${action} ${region}`)) {
      found[LISTS[result.kind]].push(
        ...registryUses.filter((use) => use.action === action && use.place.region === region),
      );
    }
    for (const condition of result.kind === 'needs' ? result.conditions : []) {
      if (!written.has(`${action} ${JSON.stringify(condition)}`)) {
        needs.push({ repository: null, action, condition });
      }
      written.add(`${action} ${JSON.stringify(condition)}`);
    }
    written.add(`${action} ${region}`);
  }
  return { kind: 'needed', today, needs, prefixesFor: prefixesIn(scope, carriersOf), ...found, notes: notesOn(input) };
}

const LISTS = { needs: 'kept', keptByOthers: 'keptByOthers', denied: 'deniedAlready' } as const;

/** The answers of the principal with all its policies, with none of its Allow statements, and with some of them. */
function carriersFor({ tryAll, caller, principal, documents }: Input): {
  readonly today: Trial;
  readonly carriersOf: (index: number) => Carriers;
  readonly registryCarriersOf: (region: string) => Carriers;
} {
  const conditions = new Map<string, ConditionJson | null>();
  const keyOf = new Map<object, string>();
  for (const { document } of documents) {
    for (const statement of document.kind === 'readable' ? document.value.statements : []) {
      if (isAllow(statement)) {
        const rendered = renderConditions(statement.conditions);
        const key = JSON.stringify(rendered);
        conditions.set(key, rendered);
        keyOf.set(statement, key);
      }
    }
  }
  const unconditional = JSON.stringify({});
  const keys = [...conditions.keys()].filter((key) => key !== unconditional);
  const variant = (key: string | null): Caller =>
    withPolicies(
      caller,
      principal,
      keepStatements(documents, (statement) => !isAllow(statement) || keyOf.get(statement) === key),
    );
  const callers = [caller, variant(null), variant(unconditional), ...keys.map(variant)];
  const [today, none, plain, ...rest] = tryAll(callers);
  if (today === undefined || none === undefined || plain === undefined) {
    throw new Error('the engine gave no answer about a caller');
  }
  const carriers = (answerOf: (trial: Trial, action: string) => ReturnType<Trial['answer']>): Carriers => ({
    whole: (action) => answerOf(today, action),
    none: (action) => answerOf(none, action),
    unconditional: (action) => answerOf(plain, action),
    conditional: rest.map((trial, at) => ({
      condition: conditions.get(keys[at] ?? '') ?? null,
      answer: (action) => answerOf(trial, action),
    })),
  });
  const ownRegions = today.access.registries.map(({ region }) => region);
  return {
    today,
    carriersOf: (index) => carriers((trial, action) => trial.answer(index, action)),
    registryCarriersOf: (region) => {
      // A token is asked of the own account wherever one pulls; where no registry was read, it is as in another region.
      const place = ownRegions.includes(region) ? region : (ownRegions[0] ?? region);
      return carriers((trial, action) => trial.registryAnswer(place, action));
    },
  };
}

function held({ access }: Trial, capability: Capability): number[] {
  return access.repositories
    .filter(({ profile }) => profile.answers.has(capability))
    .flatMap(({ set }) => [...members(set)]);
}

/** A prefix stands in for its repositories only where one to come would have the same right today. */
function prefixesIn({ prefixes }: Scope, carriersOf: (index: number) => Carriers): PrefixesFor {
  return (actions, condition) =>
    prefixes
      .filter(({ probe }) =>
        actions.every((action) => {
          const result = needsOf(action, carriersOf(probe));
          return (
            result.kind === 'needs' &&
            result.conditions.some((each) => JSON.stringify(each) === JSON.stringify(condition))
          );
        }),
      )
      .map(({ prefix }) => prefix);
}

function notesOn({ scope, uses, snapshot }: Input): string[] {
  const notes: string[] = [];
  const gone = new Set(scope.gone.map(({ place }) => place.repository));
  if (gone.size > 0) {
    notes.push(`${gone.size} repositories that were used are not there any more, and stand in no statement`);
  }
  const outside = uses.filter(({ place }) => place.repository !== null && !snapshot.accounts.has(place.accountId));
  if (outside.length > 0) {
    notes.push('repositories of accounts that were not read were used: what their owners allow is not known');
  }
  const services = [...new Set(uses.flatMap(({ onBehalfOf }) => onBehalfOf))];
  if (services.length > 0) {
    notes.push(`some calls were made by ${services.join(', ')} with these credentials`);
  }
  return notes;
}
