import { parseArn, POLICY_LENGTHS_MAX } from '@ecr-audit/policy';
import type { NamedDocument } from '../snapshot/model.ts';
import { inlineLength } from '../snapshot/inline-length.ts';
import { isAwsManaged } from '../snapshot/named-document.ts';
import {
  changeHolder,
  findHolder,
  type Holder,
  iamOf,
  managedDocument,
  managedForm,
  markHolders,
  unknownPolicy,
  updateIam,
  withPrincipals,
} from './change-iam.ts';
import { refuse } from './change-problem.ts';
import type { Change } from './change-schema.ts';
import { didYouMean, nearestOf } from './nearest.ts';
import { readProposed } from './read-document.ts';
import type { Rehearsed } from './world.ts';

type IdentityChange = Extract<
  Change,
  {
    change:
      | 'putManagedPolicy'
      | 'deleteManagedPolicy'
      | 'attachManagedPolicy'
      | 'detachManagedPolicy'
      | 'putInlinePolicy'
      | 'deleteInlinePolicy'
      | 'putPermissionsBoundary'
      | 'deletePermissionsBoundary';
  }
>;

/** Makes a change to what users, roles and groups bring. */
export function applyIdentityChange(world: Rehearsed, change: IdentityChange): void {
  switch (change.change) {
    case 'putManagedPolicy':
      return putManagedPolicy(world, change);
    case 'deleteManagedPolicy':
      return deleteManagedPolicy(world, change.policy);
    case 'attachManagedPolicy':
      return attach(world, change);
    case 'detachManagedPolicy':
      return detach(world, change);
    case 'putInlinePolicy':
      return putInline(world, change);
    case 'deleteInlinePolicy':
      return deleteInline(world, change);
    case 'putPermissionsBoundary':
      return putBoundary(world, change);
    case 'deletePermissionsBoundary':
      return deleteBoundary(world, change.identity);
    default:
      return change satisfies never;
  }
}

/** A new default version, wherever the policy is attached; a policy that is not there is made, and attached nowhere yet. */
function putManagedPolicy(world: Rehearsed, { policy, document }: { policy: string; document: unknown }): void {
  const named = readProposed(document, managedForm(policy));
  world.brought.set(policy, named);
  for (const accountId of accountsOf(world, policy)) {
    updateIam(world, accountId, (iam) => {
      markHolders(world, iam, policy);
      return { ...iam, managedPolicies: new Map(iam.managedPolicies).set(policy, named) };
    });
  }
}

/** The account of a policy; of AWS's own, every account whose policies are known. */
function accountsOf({ snapshot }: Rehearsed, policy: string): string[] {
  if (isAwsManaged(policy)) {
    return [...snapshot.accounts.keys()];
  }
  const accountId = parseArn(policy)?.accountId ?? '';
  iamOf(snapshot, accountId, 'policy');
  return [accountId];
}

/** Detaches a policy everywhere, as AWS asks before it deletes one. One that is a boundary is refused, as AWS does. */
function deleteManagedPolicy(world: Rehearsed, policy: string): void {
  if (isAwsManaged(policy)) {
    refuse('policy', `\`${policy}\` is AWS's own and cannot be deleted: detach it with \`detachManagedPolicy\``);
  }
  for (const accountId of accountsOf(world, policy)) {
    const iam = iamOf(world.snapshot, accountId, 'policy');
    if (!iam.managedPolicies.has(policy)) {
      unknownPolicy(world.snapshot, policy);
    }
    const bounded = iam.principals.filter(({ permissionsBoundaryArn }) => permissionsBoundaryArn === policy);
    if (bounded.length > 0) {
      refuse(
        'policy',
        `\`${policy}\` is the permissions boundary of ${bounded.length} principals, \`${bounded[0]?.arn ?? ''}\` among them: change that first`,
      );
    }
    updateIam(world, accountId, (known) => {
      markHolders(world, known, policy);
      const managedPolicies = new Map(known.managedPolicies);
      managedPolicies.delete(policy);
      const less = <Each extends { readonly attachedPolicyArns: readonly string[] }>(holder: Each): Each => ({
        ...holder,
        attachedPolicyArns: holder.attachedPolicyArns.filter((arn) => arn !== policy),
      });
      const groups = new Map([...known.groups].map(([name, group]) => [name, less(group)]));
      return withPrincipals({ ...known, groups, managedPolicies }, less);
    });
  }
  world.brought.delete(policy);
}

function attach(world: Rehearsed, change: { policy: string; identity: string; document?: unknown }): void {
  const holder = findHolder(world, change.identity);
  const { attachedPolicyArns } = bodyOf(holder);
  if (attachedPolicyArns.includes(change.policy)) {
    refuse('policy', `\`${change.policy}\` is attached to \`${change.identity}\` already`);
  }
  keepDocument(world, holder, change);
  changeHolder(world, findHolder(world, change.identity), {
    attachedPolicyArns: [...attachedPolicyArns, change.policy],
  });
}

/** Customers' policies can be used in their own account alone. A document beside one that is known replaces it. */
function keepDocument(
  world: Rehearsed,
  holder: Holder,
  { policy, document }: { policy: string; document?: unknown },
): void {
  const accountId = parseArn(policy)?.accountId;
  if (!isAwsManaged(policy) && accountId !== holder.accountId) {
    refuse('policy', `\`${policy}\` is of another account: expected one of account \`${holder.accountId}\`, or of AWS`);
  }
  const known = world.snapshot.accounts.get(holder.accountId)?.iam?.managedPolicies.get(policy);
  if (document !== undefined && known !== undefined) {
    refuse(
      'document',
      `the snapshot has \`${policy}\`: expected no document, or a change \`putManagedPolicy\` before this one`,
    );
  }
  if (known === undefined) {
    const named = managedDocument(world, policy, document, holder.accountId);
    world.brought.set(policy, named);
    updateIam(world, holder.accountId, (iam) => {
      // Whoever has it attached and unread until now is decided by it, too.
      markHolders(world, iam, policy);
      return { ...iam, managedPolicies: new Map(iam.managedPolicies).set(policy, named) };
    });
  }
}

function detach(world: Rehearsed, { policy, identity }: { policy: string; identity: string }): void {
  const holder = findHolder(world, identity);
  const { attachedPolicyArns } = bodyOf(holder);
  if (!attachedPolicyArns.includes(policy)) {
    const near = nearestOf(attachedPolicyArns, policy);
    refuse(
      'policy',
      `\`${policy}\` is not attached to \`${identity}\`${near.length > 0 ? didYouMean(near) : listed(attachedPolicyArns)}`,
    );
  }
  changeHolder(world, holder, { attachedPolicyArns: attachedPolicyArns.filter((arn) => arn !== policy) });
}

function putInline(world: Rehearsed, change: { identity: string; name: string; document: unknown }): void {
  const holder = findHolder(world, change.identity);
  const { inlinePolicies } = bodyOf(holder);
  const policy = inlineName(change);
  const lengthMax =
    holder.kind === 'group'
      ? POLICY_LENGTHS_MAX.groupInline
      : holder.principal.kind === 'role'
        ? POLICY_LENGTHS_MAX.roleInline
        : POLICY_LENGTHS_MAX.userInline;
  const named: NamedDocument = {
    ...readProposed(change.document, { policy, kind: 'identity', lengthMax }),
    length: inlineLength(change.document),
  };
  assertInlineLength(change.identity, [...inlinePolicies.filter((each) => each.policy !== policy), named], lengthMax);
  const isKnown = inlinePolicies.some((each) => each.policy === policy);
  changeHolder(world, holder, {
    inlinePolicies: isKnown
      ? inlinePolicies.map((each) => (each.policy === policy ? named : each))
      : [...inlinePolicies, named],
  });
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: the limit is for all of them together. */
function assertInlineLength(identity: string, policies: readonly NamedDocument[], lengthMax: number): void {
  const total = policies.reduce((sum, { length = 0 }) => sum + length, 0);
  if (total > lengthMax) {
    refuse(
      'document',
      `the ${policies.length} inline policies of \`${identity}\` would have ${total} characters, white space aside: expected at most ${lengthMax} together, as AWS does`,
    );
  }
}

function deleteInline(world: Rehearsed, change: { identity: string; name: string }): void {
  const holder = findHolder(world, change.identity);
  const { inlinePolicies } = bodyOf(holder);
  const policy = inlineName(change);
  if (!inlinePolicies.some((each) => each.policy === policy)) {
    const prefix = inlineName({ ...change, name: '' });
    const names = inlinePolicies.map((each) => each.policy.slice(prefix.length));
    refuse('name', `\`${change.identity}\` has no inline policy \`${change.name}\`${listed(names)}`);
  }
  changeHolder(world, holder, { inlinePolicies: inlinePolicies.filter((each) => each.policy !== policy) });
}

function putBoundary(world: Rehearsed, change: { identity: string; policy: string; document?: unknown }): void {
  keepDocument(world, findHolder(world, change.identity), change);
  changeHolder(world, findHolder(world, change.identity), { permissionsBoundaryArn: change.policy });
}

function deleteBoundary(world: Rehearsed, identity: string): void {
  const holder = findHolder(world, identity);
  if (holder.kind === 'principal' && holder.principal.permissionsBoundaryArn === null) {
    refuse('identity', `\`${identity}\` has no permissions boundary`);
  }
  changeHolder(world, holder, { permissionsBoundaryArn: null });
}

function bodyOf(holder: Holder): {
  readonly inlinePolicies: readonly NamedDocument[];
  readonly attachedPolicyArns: readonly string[];
} {
  return holder.kind === 'group' ? holder.group : holder.principal;
}

function inlineName({ identity, name }: { readonly identity: string; readonly name: string }): string {
  return `${identity}#inline:${name}`;
}

function listed(names: readonly string[]): string {
  const namesMax = 10;
  const shown = names.slice(0, namesMax).map((name) => `\`${name}\``);
  return shown.length === 0
    ? ': it has none'
    : `: it has ${shown.join(', ')}${names.length > namesMax ? ` and ${names.length - namesMax} others` : ''}`;
}
