import type { z } from 'zod';
import { canonicalJson } from '../carriers/canonical-json.ts';
import type { CollectionGap } from '../snapshot/gap.ts';
import { findGap } from '../snapshot/gaps.ts';
import type { RegistrySnapshot } from '../snapshot/model.ts';
import type { registrySchema } from '../snapshot/schemas.ts';

/** A setting of a registry; `value` is undefined where it was not read. */
export interface RegistrySetting {
  readonly name: string;
  readonly kind: 'registryScope' | 'registrySetting';
  readonly value: string | undefined;
  readonly gap: CollectionGap | null;
  readonly concernsEcr: boolean;
}

type Registry = z.output<typeof registrySchema>;

/** With the call that reads each, and whether access may rest on it: scanning lets nobody do anything. */
const SETTINGS: readonly {
  readonly name: keyof Registry;
  readonly call: string;
  readonly concernsEcr: boolean;
}[] = [
  { name: 'replicationConfiguration', call: 'ecr:DescribeRegistry', concernsEcr: true },
  { name: 'pullThroughCacheRules', call: 'ecr:DescribePullThroughCacheRules', concernsEcr: true },
  { name: 'repositoryCreationTemplates', call: 'ecr:DescribeRepositoryCreationTemplates', concernsEcr: true },
  { name: 'scanningConfiguration', call: 'ecr:GetRegistryScanningConfiguration', concernsEcr: false },
];

const SCOPE = 'REGISTRY_POLICY_SCOPE';

/** Every setting of a registry, read or not. */
export function settingsOf(
  registry: Registry | null,
  {
    gaps,
    accountId,
    region,
    scope,
  }: Pick<RegistrySnapshot, 'scope'> & {
    readonly gaps: readonly CollectionGap[];
    readonly accountId: string;
    readonly region: string;
  },
): RegistrySetting[] {
  const gapOf = (call: string, resource?: string): CollectionGap | null =>
    findGap(gaps, [call, 'registry.json'], { accountId, region, ...(resource === undefined ? {} : { resource }) });
  const lists = SETTINGS.map(({ name, call, concernsEcr }): RegistrySetting => {
    const gap = gapOf(call);
    const value = registry?.[name];
    const isRead = gap === null && value !== undefined && value !== null;
    return { name, kind: 'registrySetting', value: isRead ? settingText(value) : undefined, gap, concernsEcr };
  });
  const others = Object.entries(registry?.accountSettings ?? {}).flatMap(([name, value]): RegistrySetting[] => {
    const gap = gapOf('ecr:GetAccountSetting', name);
    const isRead = gap === null && value !== null;
    return name === SCOPE
      ? []
      : [{ name, kind: 'registrySetting', value: isRead ? value : undefined, gap, concernsEcr: false }];
  });
  const gap = gapOf('ecr:GetAccountSetting', SCOPE);
  return [
    { name: SCOPE, kind: 'registryScope', value: scope ?? undefined, gap, concernsEcr: true },
    ...lists,
    ...others,
  ];
}

/** Lists of rules in one order. */
function settingText(value: unknown): string {
  return canonicalJson(sorted(value, 0));
}

// Rules are four deep.
const DEPTH_MAX = 16;

function sorted(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > DEPTH_MAX) {
    return value;
  }
  if (Array.isArray(value)) {
    const each = value.map((item: unknown) => sorted(item, depth + 1));
    return each.toSorted((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, member]: [string, unknown]) => [key, sorted(member, depth + 1)]),
  );
}
