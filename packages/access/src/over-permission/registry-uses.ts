import { ECR_ACTIONS } from '../ecr/actions.ts';
import { type AttributedUses, usesOfRegistry } from './attribution.ts';
import type { Right } from './evidence.ts';
import type { GrantedAccess } from './granted-access.ts';
import { type Absence, judgeAbsence, type Period } from './judge-absence.ts';
import type { Observation, Place } from './observation.ts';
import type { RegistryRightUse } from './report.ts';

/** Gives the actions that have no repository, by registry of the principal's account. */
export function registryUsesOf(
  observation: Observation,
  period: Period,
): (access: GrantedAccess, attributed: AttributedUses) => RegistryRightUse[] {
  const absences = new Map<string, Absence>();
  const absenceOf = (registry: Place, right: Right): Absence => {
    const key = `${registry.accountId} ${registry.region} ${right}`;
    const absence =
      absences.get(key) ?? judgeAbsence(observation, period, { callerAccountId: registry.accountId, registry, right });
    absences.set(key, absence);
    return absence;
  };
  return (access, attributed) => registryUses({ access, attributed, period, absenceOf });
}

function registryUses({
  access,
  attributed,
  absenceOf,
  period,
}: {
  readonly access: GrantedAccess;
  readonly attributed: AttributedUses;
  readonly absenceOf: (registry: Place, right: Right) => Absence;
  readonly period: Period;
}): RegistryRightUse[] {
  const registries = access.registries.map((registry) => ({ registry, uses: usesOfRegistry(attributed, registry) }));
  return ECR_ACTIONS.flatMap(({ name: right, resourceType }): RegistryRightUse[] => {
    const places = registries
      .filter(({ registry }) => resourceType === 'registry' && registry.rights.has(right))
      .map(({ registry: { accountId, region }, uses }): RegistryRightUse['places'][number] => {
        const use = uses.get(right);
        return {
          accountId,
          region,
          use:
            use !== undefined && use.lastMs >= period.fromMs
              ? { ...use, kind: 'used' }
              : absenceOf({ accountId, region }, right),
        };
      });
    return places.length === 0 ? [] : [{ right, places }];
  });
}
