import { renderTemplate, type Statement } from '@ecr-audit/policy';
import { callerAccess } from '../engine/caller-access.ts';
import { callersOf } from '../evaluate/callers.ts';
import type { RegistrySnapshot, Repository, Snapshot } from '../snapshot/model.ts';
import type { JudgedRepository } from './judged-repositories.ts';
import { byArn, type RegistryPlace, repositoryArn, withMadeUpRepositories } from './made-up-repositories.ts';
import { type OutsideGrant, outsideGrants } from './outside-grants.ts';

/** Each Resource of a registry policy is asked about by one example; a policy has room for no more. */
const EXAMPLES_MAX = 100;

/**
 * What the policies of registries let somebody outside do with repositories that are not there: replication and the cache make
 * them, so a registry without a single one may be wide open. The engine is asked about an example of each Resource.
 */
export function registryGrants(snapshot: Snapshot): OutsideGrant[] {
  const examples: JudgedRepository[] = [];
  const world = withMadeUpRepositories(snapshot, (place) => {
    const made = exampleArns(place.registry).flatMap((arn) => repositoryOf(arn, place) ?? []);
    examples.push(...made);
    return made;
  });
  if (examples.length === 0) {
    return [];
  }
  const repositories = examples.toSorted(byArn);
  const callers = callersOf(world).filter(({ ref }) => ref.kind === 'external');
  return outsideGrants({ access: [...callerAccess(world, { callers, repositories }, {})], repositories, snapshot });
}

/** ARNs that the patterns of the policy match; of a pattern with a variable nobody can tell one. */
function exampleArns({ policy }: RegistrySnapshot): string[] {
  const statements =
    policy.kind === 'policy' && policy.named.document.kind === 'readable' ? policy.named.document.value.statements : [];
  const arns = statements.flatMap(({ resource }) =>
    resource?.kind === 'readable' && !resource.value.isNegated ? resource.value.patterns.map(exampleArn) : ['*'],
  );
  return [...new Set(arns)].slice(0, EXAMPLES_MAX);
}

function exampleArn({ text, template }: ResourcePattern): string {
  const plain = template.map((token): Token =>
    token.kind === 'text' ? token : { kind: 'text', text: token.kind === 'one' ? 'x' : 'any-new' },
  );
  return text === '*' ? '*' : renderTemplate(plain, { wildcards: false, variables: false });
}

type ResourceElement = Extract<NonNullable<Statement['resource']>, { readonly kind: 'readable' }>['value'];
type ResourcePattern = ResourceElement['patterns'][number];
type Token = ResourcePattern['template'][number];

/** Null for what is no repository of that registry. */
function repositoryOf(arn: string, place: RegistryPlace): JudgedRepository | null {
  const name = arn === '*' ? 'any-new-repository' : (/:repository\/(.+)$/.exec(arn)?.[1] ?? null);
  return name === null
    ? null
    : { ...NOTHING, name, accountId: place.accountId, region: place.region, arn: repositoryArn(place, name) };
}

const NOTHING: Pick<Repository, 'policy' | 'tags'> & { readonly isProduction: true; readonly isSensitive: true } = {
  policy: { kind: 'none' },
  tags: [],
  isProduction: true,
  isSensitive: true,
};
