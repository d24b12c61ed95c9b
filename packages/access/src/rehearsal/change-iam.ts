import { parseArn, POLICY_LENGTHS_MAX } from '@ecr-audit/policy';
import { nearestPrincipals } from '../request/nearest-names.ts';
import type { IamGroup, IamPrincipal, IamSnapshot, NamedDocument, Snapshot } from '../snapshot/model.ts';
import { isAwsManaged } from '../snapshot/named-document.ts';
import { refuse } from './change-problem.ts';
import { didYouMean, nearestOf } from './nearest.ts';
import { readProposed } from './read-document.ts';
import type { Rehearsed } from './world.ts';

/** A user, role or group with the account that it is in. */
export type Holder = { readonly accountId: string } & (
  | { readonly kind: 'principal'; readonly principal: IamPrincipal }
  | { readonly kind: 'group'; readonly group: IamGroup }
);

/** The user, role or group of that ARN. Refuses one that the snapshot does not have, with the nearest names. */
export function findHolder({ snapshot }: Rehearsed, arn: string): Holder {
  const accountId = parseArn(arn)?.accountId ?? '';
  const iam = iamOf(snapshot, accountId, 'identity');
  const principal = iam.principalsByArn.get(arn);
  if (principal !== undefined) {
    return { kind: 'principal', accountId, principal };
  }
  const group = [...iam.groups.values()].find((each) => each.arn === arn);
  if (group !== undefined) {
    return { kind: 'group', accountId, group };
  }
  const near = arn.includes(':group/')
    ? nearestOf(
        [...iam.groups.values()].map((each) => each.arn),
        arn,
      )
    : nearestPrincipals(snapshot, arn);
  return refuse('identity', `the snapshot has no \`${arn}\`${didYouMean(near)}`);
}

/** Of an account whose IAM was not read nothing can be changed: what it had before is not known. */
export function iamOf(snapshot: Snapshot, accountId: string, key: string): IamSnapshot {
  const account = snapshot.accounts.get(accountId);
  if (account === undefined) {
    const known = [...snapshot.accounts.keys()];
    return refuse(
      key,
      `the snapshot has no account \`${accountId}\`: expected one of ${known.slice(0, 20).join(', ')}${known.length > 20 ? ' and others' : ''}`,
    );
  }
  return account.iam ?? refuse(key, `the IAM policies of account \`${accountId}\` could not be read into the snapshot`);
}

/** The holder in another form; whoever gets something through it is touched. */
export function changeHolder(
  world: Rehearsed,
  holder: Holder,
  change: Partial<Pick<IamPrincipal, 'inlinePolicies' | 'attachedPolicyArns' | 'permissionsBoundaryArn'>>,
): void {
  updateIam(world, holder.accountId, (iam) => {
    if (holder.kind === 'group') {
      const { name } = holder.group;
      markMembers(world, iam, name);
      const { permissionsBoundaryArn: _, ...ofGroup } = change;
      return { ...iam, groups: new Map(iam.groups).set(name, { ...holder.group, ...ofGroup }) };
    }
    const { arn } = holder.principal;
    world.touched.identities.add(arn);
    return withPrincipals(iam, (each) => (each.arn === arn ? { ...each, ...change } : each));
  });
}

export function updateIam(world: Rehearsed, accountId: string, update: (iam: IamSnapshot) => IamSnapshot): void {
  const account = world.snapshot.accounts.get(accountId);
  if (account === undefined || account.iam === null) {
    return;
  }
  const accounts = new Map(world.snapshot.accounts).set(accountId, { ...account, iam: update(account.iam) });
  world.snapshot = { ...world.snapshot, accounts };
}

/** The same principals in another form. The lists by which they are found go along. */
export function withPrincipals(iam: IamSnapshot, update: (principal: IamPrincipal) => IamPrincipal): IamSnapshot {
  const principals = iam.principals.map(update);
  return {
    ...iam,
    principals,
    principalsByArn: new Map(principals.map((each) => [each.arn, each])),
    principalsById: new Map(principals.map((each) => [each.id, each])),
    rolesByName: new Map(principals.filter(({ kind }) => kind === 'role').map((each) => [each.name, each])),
  };
}

function markMembers(world: Rehearsed, iam: IamSnapshot, group: string): void {
  for (const { arn, groups } of iam.principals) {
    if (groups.includes(group)) {
      world.touched.identities.add(arn);
    }
  }
}

/** Whoever has a managed policy: itself, through a group, or as its boundary. */
export function markHolders(world: Rehearsed, iam: IamSnapshot, policy: string): void {
  for (const group of iam.groups.values()) {
    if (group.attachedPolicyArns.includes(policy)) {
      markMembers(world, iam, group.name);
    }
  }
  for (const { arn, attachedPolicyArns, permissionsBoundaryArn } of iam.principals) {
    if (permissionsBoundaryArn === policy || attachedPolicyArns.includes(policy)) {
      world.touched.identities.add(arn);
    }
  }
}

/**
 * The document of a managed policy for an account: as the change brings it, as the account has it or, of AWS's own, as another
 * account has it. Refuses one that is nowhere.
 */
export function managedDocument(world: Rehearsed, policy: string, given: unknown, accountId: string): NamedDocument {
  if (given !== undefined) {
    return readProposed(given, managedForm(policy));
  }
  const accounts = [
    world.snapshot.accounts.get(accountId),
    ...(isAwsManaged(policy) ? world.snapshot.accounts.values() : []),
  ];
  for (const account of accounts) {
    const found = account?.iam?.managedPolicies.get(policy);
    if (found !== undefined) {
      return found;
    }
  }
  return world.brought.get(policy) ?? unknownPolicy(world.snapshot, policy, ', or its `document` beside it');
}

export function managedForm(policy: string): { policy: string; kind: 'identity'; lengthMax: number | null } {
  return { policy, kind: 'identity', lengthMax: isAwsManaged(policy) ? null : POLICY_LENGTHS_MAX.managed };
}

export function unknownPolicy(snapshot: Snapshot, policy: string, orElse = ''): never {
  const arns = [...snapshot.accounts.values()].flatMap(({ iam }) => [...(iam?.managedPolicies.keys() ?? [])]);
  const near = nearestOf([...new Set(arns)], policy);
  return refuse(
    'policy',
    `the snapshot has no policy \`${policy}\`: expected one that it has${orElse}${didYouMean(near)}`,
  );
}
