import type { EcrAction } from '../ecr/actions.ts';
import type { Caller } from '../evaluate/caller.ts';
import { registryTarget } from '../evaluate/target.ts';
import type { NamedDocument, Snapshot } from '../snapshot/model.ts';
import { type ActionColumn, actionColumns } from './action-columns.ts';
import { type AnswerCatalogue, createAnswerCatalogue } from './answer-catalogue.ts';
import { type CallerSide, callerSideOf } from './caller-side.ts';
import { type CallerView, createCallerViews } from './caller-view.ts';
import { type ContributionCatalogue, createContributionCatalogue } from './contribution.ts';
import type { CallerFacts } from './facts.ts';
import { createInterner, type Interner } from './interner.ts';
import type { ActionAnswers } from './questions.ts';
import { createSourceCatalogue, type SourceCatalogue } from './source-catalogue.ts';
import type { Scene } from './world.ts';

/** What the engines of one run have in common: documents, statements and callers are taken apart once for all of them. */
export interface Shared {
  readonly scene: Scene;
  readonly columns: readonly ActionColumn[];
  readonly sources: SourceCatalogue;
  readonly contributions: ContributionCatalogue;
  readonly answers: AnswerCatalogue;
  readonly callerFacts: Interner<CallerFacts>;
  /** Equal answers have one number in all engines. */
  readonly actionAnswers: Interner<ActionAnswers>;
  /** A caller with its statements. Only the latest one is kept. */
  callerOf(caller: Caller): { readonly side: CallerSide; readonly view: CallerView };
}

export function createShared(
  scene: Scene,
  {
    actions,
    sessionPolicies,
    snapshotOf = () => scene.snapshot,
  }: {
    readonly actions: readonly EcrAction[];
    readonly sessionPolicies: readonly NamedDocument[] | null;
    /** Where to read what a caller brings. Nothing but IAM policies and SCPs may tell it from the snapshot of the scene. */
    readonly snapshotOf?: (caller: Caller) => Snapshot;
  },
): Shared {
  const columns = actionColumns(actions);
  const sources = createSourceCatalogue(columns);
  const callerFacts = createInterner<CallerFacts>();
  const viewOf = createCallerViews(scene, {
    anyTarget: registryTarget('', null),
    anyAction: columns[0]?.actions[0] ?? '',
  });
  let latest: { readonly caller: Caller; readonly side: CallerSide; readonly view: CallerView } | null = null;
  return {
    scene,
    columns,
    sources,
    contributions: createContributionCatalogue(),
    answers: createAnswerCatalogue(),
    callerFacts,
    actionAnswers: createInterner(),
    callerOf(caller) {
      if (latest?.caller !== caller) {
        const side = callerSideOf(caller, {
          snapshot: snapshotOf(caller),
          sessionPolicies,
          sources,
          facts: callerFacts,
        });
        latest = { caller, side, view: viewOf(caller) };
      }
      return latest;
    },
  };
}
