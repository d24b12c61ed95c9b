import { parseArn, type PolicyDocument } from '@ecr-audit/policy';
import { findCaller } from '../evaluate/caller.ts';
import { nearestPrincipals, nearestRepositories } from '../request/nearest-names.ts';
import type { NamedDocument, RegionSnapshot, RepositoryPolicy, Snapshot } from '../snapshot/model.ts';
import { RefusedChange, refuse } from './change-problem.ts';
import type { Change } from './change-schema.ts';
import { didYouMean, nearestOf } from './nearest.ts';
import { readProposed } from './read-document.ts';
import type { Rehearsed } from './world.ts';

type ResourceChange = Extract<
  Change,
  { change: 'setRepositoryPolicy' | 'deleteRepositoryPolicy' | 'putRegistryPolicy' | 'deleteRegistryPolicy' }
>;

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html */
const ECR_POLICY = { kind: 'resource', lengthMax: 10_240 } as const;

const NONE: RepositoryPolicy = { kind: 'none' };

/** Makes a change to the policy of a repository or registry. */
export function applyResourceChange(world: Rehearsed, change: ResourceChange): void {
  switch (change.change) {
    case 'setRepositoryPolicy':
      return changeRepository(world, change.repository, (arn) => proposed(world.snapshot, arn, change.document));
    case 'deleteRepositoryPolicy':
      return changeRepository(world, change.repository, (arn, policy) =>
        policy.kind === 'none' ? refuse('repository', `\`${arn}\` has no policy`) : NONE,
      );
    case 'putRegistryPolicy':
      return changeRegistry(world, change, (arn) => proposed(world.snapshot, arn, change.document));
    case 'deleteRegistryPolicy':
      return changeRegistry(world, change, (_, policy) =>
        policy.kind === 'none'
          ? refuse('region', `the registry of ${change.account} in ${change.region} has no policy`)
          : NONE,
      );
    default:
      return change satisfies never;
  }
}

type NextPolicy = (arn: string, policy: RepositoryPolicy) => RepositoryPolicy;

function proposed(snapshot: Snapshot, arn: string, document: unknown): RepositoryPolicy {
  const named = readProposed(document, { policy: arn, ...ECR_POLICY });
  assertPrincipals(snapshot, named);
  return { kind: 'policy', named };
}

/** ECR takes no policy that names a principal which is not there. */
function assertPrincipals(snapshot: Snapshot, { document }: NamedDocument): void {
  const statements = document.kind === 'readable' ? document.value.statements : [];
  const problems = statements.flatMap((statement) =>
    arnsIn(statement).flatMap((arn) => {
      const found = findCaller(snapshot, arn);
      return found.kind === 'caller'
        ? []
        : [
            {
              place: `Statement[${statement.index}].Principal`,
              position: null,
              message: `${found.message}${didYouMean(nearestPrincipals(snapshot, arn))}`,
            },
          ];
    }),
  );
  if (problems.length > 0) {
    throw new RefusedChange('document', problems);
  }
}

function arnsIn({ principal }: PolicyDocument['statements'][number]): string[] {
  const entries = principal?.kind === 'readable' ? principal.value.entries : [];
  return entries.flatMap((entry) => (entry.kind === 'arn' ? [entry.arn] : []));
}

function changeRepository(world: Rehearsed, arn: string, next: NextPolicy): void {
  const { accountId = '', region: regionName = '', resource = '' } = parseArn(arn) ?? {};
  const name = resource.slice('repository/'.length);
  const region = regionOf(world.snapshot, { account: accountId, region: regionName }, 'repository');
  if (region.repositories === null) {
    refuse('repository', `the repositories of ${accountId} in ${regionName} could not be listed into the snapshot`);
  }
  const repository = region.repositories.get(name);
  if (repository?.arn !== arn) {
    return refuse(
      'repository',
      `the snapshot has no repository \`${arn}\`${didYouMean(nearestRepositories(world.snapshot, { resource: arn }))}`,
    );
  }
  const changed = { ...repository, policy: next(arn, repository.policy) };
  world.touched.repositories.add(arn);
  putRegion(world, accountId, { ...region, repositories: new Map(region.repositories).set(name, changed) });
}

function changeRegistry(
  world: Rehearsed,
  { account, region: name }: { readonly account: string; readonly region: string },
  next: NextPolicy,
): void {
  const region = regionOf(world.snapshot, { account, region: name }, 'region');
  const arn = `arn:${world.snapshot.partition}:ecr:${name}:${account}:registry`;
  // It bears on every repository of the registry and, under the second scope, on actions of the registry itself.
  for (const repository of region.repositories?.values() ?? []) {
    world.touched.repositories.add(repository.arn);
  }
  world.touched.callerAccounts.add(account);
  world.touched.aboveRepositories = true;
  putRegion(world, account, { ...region, registry: { ...region.registry, policy: next(arn, region.registry.policy) } });
}

function regionOf(
  snapshot: Snapshot,
  { account, region }: { readonly account: string; readonly region: string },
  key: string,
): RegionSnapshot {
  const known = snapshot.accounts.get(account);
  if (known === undefined) {
    return refuse(
      key,
      `the snapshot has no account \`${account}\`${didYouMean(nearestOf([...snapshot.accounts.keys()], account))}`,
    );
  }
  const found = known.regions.get(region);
  if (found !== undefined) {
    return found;
  }
  const regions = [...known.regions.keys()].map((name) => `\`${name}\``).join(', ');
  return refuse(
    key,
    `the snapshot has no registry of account \`${account}\` in \`${region}\`: it has ${regions === '' ? 'none of that account' : regions}`,
  );
}

function putRegion(world: Rehearsed, accountId: string, region: RegionSnapshot): void {
  const account = world.snapshot.accounts.get(accountId);
  if (account === undefined) {
    return;
  }
  const regions = new Map(account.regions).set(region.region, region);
  const accounts = new Map(world.snapshot.accounts).set(accountId, { ...account, regions });
  world.snapshot = { ...world.snapshot, accounts };
}
