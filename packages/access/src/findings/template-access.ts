import { callerAccess } from '../engine/caller-access.ts';
import { callersOf } from '../evaluate/callers.ts';
import { nameDocument } from '../snapshot/named-document.ts';
import type { Repository, Snapshot } from '../snapshot/model.ts';
import type { RegistrySettings } from './facts-schemas.ts';
import type { JudgedRepository } from './judged-repositories.ts';
import { byArn, type RegistryPlace, repositoryArn, withMadeUpRepositories } from './made-up-repositories.ts';
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
  const world = withMadeUpRepositories(snapshot, (place) => {
    const templates = facts.registries.get(registryKey(place))?.repositoryCreationTemplates ?? [];
    const made = templates.map((template) => ({ template, repository: repositoryOf(template, place) }));
    planned.push(...made);
    return made.map(({ repository }) => repository);
  });
  const repositories = planned.map(({ repository }) => repository).toSorted(byArn);
  if (repositories.every(({ policy }) => policy.kind === 'none')) {
    return planned.map((each) => ({ ...each, grants: [] }));
  }
  const callers = callersOf(world).filter(({ ref }) => ref.kind === 'external');
  const access = [...callerAccess(world, { callers, repositories }, {})];
  const grants = Map.groupBy(outsideGrants({ access, repositories, snapshot }), ({ repository }) => repository.arn);
  return planned.map((each) => ({ ...each, grants: grants.get(each.repository.arn) ?? [] }));
}

/** ROOT is for whatever no other template is for. https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html */
function repositoryOf(template: Template, place: RegistryPlace): JudgedRepository {
  const { accountId, region } = place;
  const name = template.prefix === 'ROOT' ? 'any-new-repository' : `${template.prefix}/any-new-repository`;
  const arn = repositoryArn(place, name);
  const policy: Repository['policy'] =
    template.repositoryPolicy === undefined
      ? { kind: 'none' }
      : {
          kind: 'policy',
          named: nameDocument(arn, template.repositoryPolicy, { kind: 'resource', lengthMax: null }, []),
        };
  return { arn, accountId, region, name, policy, tags: [], isProduction: true, isSensitive: true };
}
