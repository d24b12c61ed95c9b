import type { PrincipalAccess } from '../access-matrix.ts';
import type { SnapshotWithParts } from '../carriers/version-pairs.ts';
import { accessDrift } from '../drift/access-drift.ts';
import type { AccessDrifts } from '../drift/drifted-access.ts';
import type { ConfigurationDifference } from '../drift/configuration-difference.ts';
import { configurationDifferences } from '../drift/configuration-differences.ts';
import { evaluateSnapshot, type EvaluationResult } from '../evaluate/evaluate-snapshot.ts';
import { repositoriesOf } from '../evaluate/evaluated-repositories.ts';
import { grantedBy } from '../over-permission/granted-access.ts';
import { DAY_MS } from '../over-permission/judge-absence.ts';
import { overPermission } from '../over-permission/over-permission.ts';
import { repositoryCreations } from '../over-permission/repository-creations.ts';
import type { OverPermissionReport } from '../over-permission/report.ts';
import type { ObservedEvents } from '../over-permission/observation.ts';
import type { ObservedUse } from '../over-permission/observed-use.ts';
import { snapshotActivity } from '../over-permission/snapshot-activity.ts';
import type { Snapshot } from '../snapshot/model.ts';
import { type FindingEvent, findingEvents } from './finding-events.ts';
import { type JudgedRepository, judgeRepositories } from './judged-repositories.ts';
import { type MemberAccess, memberAccess } from './member-access.ts';
import { nameTest } from './name-patterns.ts';
import { type OutsideGrant, outsideGrants } from './outside-grants.ts';
import { type Parties, partiesOf } from './parties.ts';
import { registryGrants } from './registry-grants.ts';
import type { FindingSettings } from './settings.ts';
import { type SnapshotFacts, snapshotFacts } from './snapshot-facts.ts';

/** One snapshot as rules see it. */
export interface ScanView {
  readonly snapshot: Snapshot;
  readonly facts: SnapshotFacts;
  /** In the order of ARNs: bit `i` of a set is the one at `i`. */
  readonly repositories: readonly JudgedRepository[];
  readonly access: readonly PrincipalAccess[];
  readonly outside: readonly OutsideGrant[];
  /** On repositories that are not there yet, by the policies of registries. */
  readonly outsideToCome: readonly OutsideGrant[];
  readonly members: readonly MemberAccess[];
}

/** An earlier snapshot: what it says, without its access. */
type EarlierView = Pick<ScanView, 'snapshot' | 'facts'>;

export interface FindingInput {
  readonly settings: FindingSettings;
  readonly scan: ScanView;
  readonly before: EarlierView | null;
  /** How access became other since then, and what made it so; null without an earlier snapshot. */
  readonly drift: (AccessDrifts & { readonly differences: readonly ConfigurationDifference[] }) | null;
  readonly parties: Parties;
  readonly isAdministrator: (principal: { readonly arn: string; readonly name: string }) => boolean;
  /** The earliest first; null where none were collected. */
  readonly events: readonly FindingEvent[] | null;
  /** What was not used, as far as that was seen; null where no events were collected. */
  readonly use: OverPermissionReport | null;
}

interface FindingOptions {
  readonly before: SnapshotWithParts | null;
  readonly settings: FindingSettings;
  /** What `evaluateSnapshot` said of the same snapshot, where the caller has it already, with `access` as an array. */
  readonly evaluated?: Omit<EvaluationResult, 'access' | 'rows'> & { readonly access: readonly PrincipalAccess[] };
  /** How access drifted since `before`, where the caller has it already. */
  readonly drift?: FindingInput['drift'];
  /** What was seen of events and use beside the files of the snapshot. */
  readonly seen?: {
    readonly events: readonly FindingEvent[];
    readonly uses: readonly ObservedUse[];
    readonly observed: readonly ObservedEvents[];
  };
}

/**
 * Everything that the rules read, worked out once. Cost: an evaluation and, with an earlier snapshot, the drift since, unless the
 * caller brings them; little besides.
 */
export function findingInput(
  now: SnapshotWithParts,
  { before, settings, evaluated, drift, seen }: FindingOptions,
): FindingInput {
  const { snapshot, parts } = now;
  const result = evaluated ?? evaluateSnapshot(snapshot);
  const access = [...result.access];
  const repositories = judgeRepositories(repositoriesOf(snapshot), result.accounts, settings);
  const events = allEvents(findingEvents(snapshot, parts), seen?.events);
  const activity = snapshotActivity(snapshot, parts);
  const isNamed = nameTest(settings.administrators);
  const asOfMs = Date.parse(snapshot.takenAt);
  const production = new Set(repositories.filter(({ isProduction }) => isProduction).map(({ arn }) => arn));
  const use =
    events === null
      ? null
      : overPermission({
          granted: { repositories: result.repositories, access: grantedBy(access) },
          principals: result.principals,
          accountIds: new Set(result.covered.iamAccounts),
          uses: [...activity.uses, ...(seen?.uses ?? [])],
          observed: [...activity.observed, ...(seen?.observed ?? [])],
          createdMs: repositoryCreations(parts),
          period: { asOfMs, fromMs: asOfMs - settings.dormantDays * DAY_MS },
          isProduction: ({ arn }) => production.has(arn),
        });
  return {
    settings,
    scan: {
      snapshot,
      facts: snapshotFacts(parts),
      repositories,
      access,
      outside: outsideGrants({ access, repositories, snapshot }),
      outsideToCome: registryGrants(snapshot),
      members: memberAccess(snapshot, repositories),
    },
    before: before === null ? null : { snapshot: before.snapshot, facts: snapshotFacts(before.parts) },
    drift: before === null ? null : (drift ?? driftSince(before, now)),
    parties: partiesOf(snapshot, settings),
    isAdministrator: ({ arn, name }) => isNamed(arn) || isNamed(name),
    events,
    use,
  };
}

/** Each once, the earliest first; null where nobody has seen any. */
function allEvents(
  own: readonly FindingEvent[] | null,
  seen: readonly FindingEvent[] | undefined,
): readonly FindingEvent[] | null {
  if (seen === undefined) {
    return own;
  }
  const found = new Map(seen.map((each) => [each.event.occurrenceId, each]));
  own?.forEach((each) => found.set(each.event.occurrenceId, each));
  return [...found.values()].toSorted((a, b) => a.event.timeMs - b.event.timeMs);
}

function driftSince(before: SnapshotWithParts, now: SnapshotWithParts): FindingInput['drift'] {
  const { differences } = configurationDifferences(before, now);
  return { ...accessDrift(before, now, differences), differences };
}
