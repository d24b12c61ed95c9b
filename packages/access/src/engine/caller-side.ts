import { PRINCIPAL } from '../access-matrix.ts';
import { boundaryOf, callerSide } from '../evaluate/caller-gates.ts';
import type { Caller } from '../evaluate/caller.ts';
import { type EcrPolicySet, sourceOf } from '../evaluate/gates-input.ts';
import type { LimitCode } from '../evaluate/limits.ts';
import { scpLevels } from '../evaluate/organization-gates.ts';
import type { NamedDocument, Snapshot } from '../snapshot/model.ts';
import { hasAmbiguousTags } from '../snapshot/tags.ts';
import { BOUNDARY, EVERY_COLUMN, FIRST_SCP, IDENTITY, SESSION } from './contribution.ts';
import type { CallerFacts, Unread } from './facts.ts';
import type { Interner } from './interner.ts';
import type { EngineSource, SourceCatalogue } from './source-catalogue.ts';
import type { PlacedStatement } from './placed-statement.ts';

/** What a caller brings: its statements in the order of their gates, and everything else as facts. */
export interface CallerSide {
  readonly factsNumber: number;
  readonly statements: readonly PlacedStatement[];
}

interface CallerSideInput {
  readonly snapshot: Snapshot;
  readonly sessionPolicies: readonly NamedDocument[] | null;
  readonly sources: SourceCatalogue;
  readonly facts: Interner<CallerFacts>;
}

export function callerSideOf(
  caller: Caller,
  { snapshot, sessionPolicies, sources, facts }: CallerSideInput,
): CallerSide {
  const limits: LimitCode[] = [];
  const input = { snapshot, caller };
  const side = callerSide(input, limits);
  const boundary = boundaryOf(input, limits);
  const session =
    sessionPolicies === null
      ? null
      : { sources: sessionPolicies.map((named) => sourceOf('session', 'session', named)), unread: [] };
  const levels = scpLevels(input, limits);

  // The documents of a session are its role's, whose ARN is not the session's own.
  const owner = {
    principalArn: caller.iam?.arn === caller.ref.arn ? caller.ref.arn : null,
    repositoryArn: null,
  };
  const read = (set: EcrPolicySet | null): ReadSet | null =>
    set === null
      ? null
      : readSet(
          set.sources.map((source) => sources.sourceOf(source, owner)),
          set.unread,
        );
  const sets = {
    identity: read(side.kind === 'policies' ? side.policies : null),
    boundary: read(boundary),
    session: read(session),
    scps: levels?.map(({ policies }) => read(policies)) ?? null,
  };
  const all = [sets.identity, sets.boundary, sets.session, ...(sets.scps ?? [])];
  const value: CallerFacts = {
    side: side.kind,
    isRole: caller.request.kind === 'role',
    identityUnread: sets.identity?.unread ?? [],
    boundaryUnread: sets.boundary?.unread ?? null,
    sessionUnread: sets.session?.unread ?? null,
    scpUnread: sets.scps?.map((set) => set?.unread ?? []) ?? null,
    hasUnreadableDocument: all.some((set) => set?.hasUnreadable === true),
    hasAmbiguousTags: hasAmbiguousTags(caller.iam?.tags),
    limits: [...new Set(limits)].toSorted(),
    rootReason:
      side.kind === 'everything'
        ? { policyType: 'default', policy: PRINCIPAL, statement: 'root user', effect: 'Allow', via: 'root user' }
        : null,
  };
  return {
    factsNumber: facts.numberOf(JSON.stringify(value), () => value),
    statements: [
      ...placed(sets.identity, IDENTITY),
      ...placed(sets.boundary, BOUNDARY),
      ...placed(sets.session, SESSION),
      ...(sets.scps ?? []).flatMap((set, level) => placed(set, FIRST_SCP + level)),
    ],
  };
}

interface ReadSet {
  readonly sources: readonly EngineSource[];
  readonly unread: Unread;
  readonly hasUnreadable: boolean;
}

function readSet(sources: readonly EngineSource[], unread: Unread): ReadSet {
  const unreadable = sources.flatMap((source) => source.unreadable ?? []);
  return { sources, unread: [...unread, ...unreadable], hasUnreadable: unreadable.length > 0 };
}

function placed(set: ReadSet | null, gate: number): PlacedStatement[] {
  return (set?.sources ?? []).flatMap((source) =>
    source.statements.map((statement) => ({ gate, source, statement, columns: EVERY_COLUMN, scope: null })),
  );
}
