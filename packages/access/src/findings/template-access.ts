import { callerAccess } from '../engine/caller-access.ts';
import { callersOf } from '../evaluate/callers.ts';
import { nameDocument } from '../snapshot/named-document.ts';
import type { AccountSnapshot, RegionSnapshot, Repository, Snapshot } from '../snapshot/model.ts';
import type { RegistrySettings } from './facts-schemas.ts';
import type { JudgedRepository } from './judged-repositories.ts';
import { type OutsideGrant, outsideGrants } from './outside-grants.ts';
import { registryKey, type SnapshotFacts } from './snapshot-facts.ts';

type Template = NonNullable<RegistrySettings['repositoryCreationTemplates']>[number];

/** A creation template, and a repository as it would make it. */
export interface PlannedRepository {
  readonly template: Template;
  readonly repository: JudgedRepository;
  /** What somebody outside could do there. */
  readonly grants: readonly OutsideGrant[];
}

/** Asks the engine about one repository of each creation template, as if it had been made. */
export function plannedRepositories(snapshot: Snapshot, facts: SnapshotFacts): PlannedRepository[] {
  const planned: { readonly template: Template; readonly repository: JudgedRepository }[] = [];
  const accounts = [...snapshot.accounts.values()].map((account): [string, AccountSnapshot] => {
    const regions = [...account.regions.values()].map((region): [string, RegionSnapshot] => {
      const place = { accountId: account.id, region: region.region };
      const templates = facts.registries.get(registryKey(place))?.repositoryCreationTemplates ?? [];
      const made = templates.map((template) => ({ template, repository: repositoryOf(template, place, snapshot) }));
      planned.push(...made);
      return [
        region.region,
        { ...region, repositories: new Map(made.map(({ repository }) => [repository.name, repository])) },
      ];
    });
    return [account.id, { ...account, regions: new Map(regions) }];
  });
  const repositories = planned.map(({ repository }) => repository).toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
  if (repositories.every(({ policy }) => policy.kind === 'none')) {
    return planned.map((each) => ({ ...each, grants: [] }));
  }
  const world = { ...snapshot, accounts: new Map(accounts) };
  const callers = callersOf(world).filter(({ ref }) => ref.kind === 'external');
  const access = [...callerAccess(world, { callers, repositories }, {})];
  const grants = Map.groupBy(outsideGrants({ access, repositories, snapshot }), ({ repository }) => repository.arn);
  return planned.map((each) => ({ ...each, grants: grants.get(each.repository.arn) ?? [] }));
}

/** ROOT is for whatever no other template is for. https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html */
function repositoryOf(
  template: Template,
  { accountId, region }: { readonly accountId: string; readonly region: string },
  { partition }: Snapshot,
): JudgedRepository {
  const name = template.prefix === 'ROOT' ? 'any-new-repository' : `${template.prefix}/any-new-repository`;
  const arn = `arn:${partition}:ecr:${region}:${accountId}:repository/${name}`;
  const policy: Repository['policy'] =
    template.repositoryPolicy === undefined
      ? { kind: 'none' }
      : {
          kind: 'policy',
          named: nameDocument(arn, template.repositoryPolicy, { kind: 'resource', lengthMax: null }, []),
        };
  return { arn, accountId, region, name, policy, tags: [], isProduction: true, isSensitive: true };
}
