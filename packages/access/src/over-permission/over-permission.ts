import { add, bitSet, type BitSet } from '../bit-set.ts';
import type { LastAccessedReport } from '../activity/last-accessed.ts';
import type { PrincipalRef } from '../principal.ts';
import { findingsOf, unusedOn } from './findings.ts';
import { goneUsers } from './gone-users.ts';
import type { Granted } from './granted-access.ts';
import { contradicted } from './last-accessed-says.ts';
import { judgedAccess } from './judged-access.ts';
import { madeAgainTimes } from './made-again.ts';
import type { Period } from './judge-absence.ts';
import { type ObservedEvents, observationOf } from './observation.ts';
import type { ObservedUse } from './observed-use.ts';
import { attributionOf, lastUseOf } from './attribution.ts';
import type { PolicyFindings } from './policy-findings.ts';
import { mattersMore } from './rank.ts';
import { registryUsesOf } from './registry-uses.ts';
import { rightUses } from './right-uses.ts';
import type { OverPermissionReport, PrincipalUse, ReportedRepository } from './report.ts';
import { unusableGrants } from './unusable.ts';
import { placeKey, useIndexOf } from './use-index.ts';

export interface OverPermissionInput {
  readonly granted: Granted;
  readonly principals: readonly PrincipalRef[];
  /** The accounts whose users and roles were read: who of them is not listed is gone. */
  readonly accountIds: ReadonlySet<string>;
  readonly uses: Iterable<ObservedUse>;
  readonly observed: readonly ObservedEvents[];
  /** What IAM tells, by the principal's unique id. */
  readonly lastAccessed?: ReadonlyMap<string, LastAccessedReport>;
  /** What policies say in vain, which does not follow from use. */
  readonly policies?: PolicyFindings | null;
  /** When repositories were made, by ARN, where that is known. */
  readonly createdMs?: ReadonlyMap<string, number>;
  readonly period: Period;
  readonly isProduction: (repository: Granted['repositories'][number]) => boolean;
}

/**
 * Holds what is granted against what was used, for every principal and repository.
 *
 * Nothing is unused unless a window was wholly seen in which its use would have shown. Cost: what principals hold alike is
 * judged once, so it follows the uses and the distinct grants, not the cells.
 */
export function overPermission(input: OverPermissionInput): OverPermissionReport {
  const { granted, principals, accountIds, period } = input;
  const repositories = granted.repositories.map((repository) => ({
    ...repository,
    isProduction: input.isProduction(repository),
  }));
  const uses = [...input.uses];
  const index = useIndexOf(principals, uses);
  const observation = observationOf(input.observed);
  const indices = new Map(
    repositories.map(({ accountId, region, name }, at) => [placeKey({ accountId, region, repository: name }), at]),
  );
  const times = madeAgainTimes(repositories, { uses, period, createdMs: input.createdMs });
  const madeAgain = new Map(
    [...times].flatMap(([key, timeMs]): [number, number][] => {
      const index = indices.get(key);
      return index === undefined ? [] : [[index, timeMs]];
    }),
  );
  const judged = judgedAccess({ repositories, observation, period, madeAgain });
  const attribution = attributionOf({ index, accountIds, observation });
  const registryUses = registryUsesOf(observation, period);
  const production = productionSet(repositories);
  const leftOut = { rootUsers: 0, serviceLinkedRoles: 0 };
  const reported: PrincipalUse[] = [];
  for (const access of granted.access) {
    const { principal } = access;
    if (principal.kind === 'root') {
      leftOut.rootUsers += 1;
    } else if (principal.arn.includes(':role/aws-service-role/')) {
      leftOut.serviceLinkedRoles += 1;
    } else if (access.blocks.length > 0 || access.registries.length > 0) {
      const attributed = attribution(principal);
      const rights = rightUses({ access, attributed, judged, indices, madeAgain, period, size: repositories.length });
      const report = input.lastAccessed?.get(principal.id);
      const settled = report === undefined ? rights : contradicted(rights, { report, seen: attributed.seen, period });
      const unusable = unusableGrants(access.blocks, repositories.length);
      const capabilities = settled.filter(({ right }) => !right.startsWith('ecr:'));
      reported.push({
        principal,
        findings: findingsOf(principal, capabilities, unusable),
        lastUsedMs: lastUseOf(attributed),
        unusedOnProduction: unusedOn(production, capabilities),
        capabilities,
        actions: settled.filter(({ right }) => right.startsWith('ecr:')),
        registryActions: registryUses(access, attributed),
        unusable,
      });
    }
  }
  return {
    period,
    repositories,
    principals: reported.toSorted(mattersMore),
    gone: goneUsers(uses, { principals, accountIds }),
    policies: input.policies ?? null,
    leftOut,
  };
}

function productionSet(repositories: readonly ReportedRepository[]): BitSet {
  const set = bitSet(repositories.length);
  for (const [index, { isProduction }] of repositories.entries()) {
    if (isProduction) {
      add(set, index);
    }
  }
  return set;
}
