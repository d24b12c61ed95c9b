import { POLICY_LENGTHS_MAX } from '@ecr-audit/policy';
import type { NamedDocument, OrganizationLevelSnapshot, OrganizationSnapshot } from '../snapshot/model.ts';
import { RefusedChange, refuse } from './change-problem.ts';
import type { Change } from './change-schema.ts';
import { didYouMean, nearestOf } from './nearest.ts';
import { readProposed } from './read-document.ts';
import type { Rehearsed } from './world.ts';

type OrganizationChange = Extract<
  Change,
  { change: `${string}ServiceControlPolicy` | `${string}ResourceControlPolicy` }
>;

/** A type of policy of the organization. `full` is AWS's own, which allows everything. */
interface PolicyKind {
  readonly list: 'scps' | 'rcps';
  readonly short: string;
  readonly full: string;
  readonly lengthMax: number;
}

const SCP: PolicyKind = { list: 'scps', short: 'SCP', full: 'FullAWSAccess', lengthMax: POLICY_LENGTHS_MAX.scp };
const RCP: PolicyKind = { list: 'rcps', short: 'RCP', full: 'RCPFullAWSAccess', lengthMax: POLICY_LENGTHS_MAX.rcp };

/** Makes a change to the SCPs and RCPs. Policies go by their names, which are unique in an organization. */
export function applyOrganizationChange(world: Rehearsed, change: OrganizationChange): void {
  switch (change.change) {
    case 'putServiceControlPolicy':
      return put(world, SCP, change);
    case 'putResourceControlPolicy':
      return put(world, RCP, change);
    case 'deleteServiceControlPolicy':
      return remove(world, SCP, change.name, null);
    case 'deleteResourceControlPolicy':
      return remove(world, RCP, change.name, null);
    case 'attachServiceControlPolicy':
      return attach(world, SCP, change);
    case 'attachResourceControlPolicy':
      return attach(world, RCP, change);
    case 'detachServiceControlPolicy':
      return remove(world, SCP, change.name, change.target);
    case 'detachResourceControlPolicy':
      return remove(world, RCP, change.name, change.target);
    default:
      return change satisfies never;
  }
}

function put(world: Rehearsed, kind: PolicyKind, { name, document }: { name: string; document: unknown }): void {
  const organization = organizationOf(world, kind);
  assertOwn(kind, name);
  findAttached(organization, kind, name);
  const named = proposed(kind, name, document);
  changeLevels(world, kind, (level) =>
    level[kind.list].some(({ policy }) => policy === name)
      ? level[kind.list].map((each) => (each.policy === name ? named : each))
      : null,
  );
}

function attach(
  world: Rehearsed,
  kind: PolicyKind,
  { name, target, document }: { name: string; target: string; document?: unknown },
): void {
  const organization = organizationOf(world, kind);
  const at = findTarget(organization, target);
  if (at[kind.list].some(({ policy }) => policy === name)) {
    refuse('name', `\`${name}\` is attached to \`${target}\` already`);
  }
  const known = attachedPolicies(organization, kind).get(name);
  if (known !== undefined && document !== undefined) {
    refuse('document', `the snapshot has the ${kind.short} \`${name}\`: expected no document`);
  }
  const named =
    known ?? (document === undefined ? findAttached(organization, kind, name) : proposed(kind, name, document));
  changeLevels(world, kind, (level) => (level.id === target ? [...level[kind.list], named] : null));
}

/** Detaches a policy from one place, or from everywhere. Something must stay attached, as AWS has it. */
function remove(world: Rehearsed, kind: PolicyKind, name: string, target: string | null): void {
  const organization = organizationOf(world, kind);
  if (target === null || kind.list === 'rcps') {
    assertOwn(kind, name);
  }
  findAttached(organization, kind, name);
  const isMeant = (level: OrganizationLevelSnapshot): boolean =>
    (target === null || level.id === target) && level[kind.list].some(({ policy }) => policy === name);
  const levels = levelsOf(organization);
  if (target !== null && !isMeant(findTarget(organization, target))) {
    const where = levels.filter((level) => level[kind.list].some(({ policy }) => policy === name));
    refuse(
      'target',
      `\`${name}\` is not attached to \`${target}\`: it is to ${where.map(({ id }) => `\`${id}\``).join(', ')}`,
    );
  }
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
  const bare = kind.list === 'scps' ? levels.find((level) => isMeant(level) && level.scps.length === 1) : undefined;
  if (bare !== undefined) {
    refuse(
      'name',
      `\`${name}\` is the only SCP of \`${bare.id}\`: AWS keeps one attached, so attach another one first`,
    );
  }
  changeLevels(world, kind, (level) =>
    isMeant(level) ? level[kind.list].filter(({ policy }) => policy !== name) : null,
  );
}

function organizationOf({ snapshot }: Rehearsed, kind: PolicyKind): OrganizationSnapshot {
  const { organization } = snapshot;
  if (organization === null) {
    return refuse('change', 'the snapshot holds no organization');
  }
  if (!(kind.list === 'scps' ? organization.scpsEnabled : organization.rcpsEnabled)) {
    refuse(
      'change',
      `policies of the type ${kind.short} are not enabled in this organization: none would have an effect`,
    );
  }
  return organization;
}

function assertOwn(kind: PolicyKind, name: string): void {
  if (name === kind.full) {
    refuse(
      'name',
      `\`${name}\` is AWS's own: it can be neither changed nor deleted${kind.list === 'rcps' ? ' nor detached' : ''}`,
    );
  }
}

/** By name. A policy that is attached nowhere is not in a snapshot's levels: nothing is known of it. */
function attachedPolicies(organization: OrganizationSnapshot, kind: PolicyKind): Map<string, NamedDocument> {
  return new Map(
    levelsOf(organization).flatMap((level) => level[kind.list].map((named) => [named.policy, named] as const)),
  );
}

function findAttached(organization: OrganizationSnapshot, kind: PolicyKind, name: string): NamedDocument {
  const attached = attachedPolicies(organization, kind);
  return (
    attached.get(name) ??
    refuse(
      'name',
      `no ${kind.short} \`${name}\` is attached anywhere in the snapshot: expected the name of one that is, or its \`document\` where it is attached${didYouMean(nearestOf([...attached.keys()], name))}`,
    )
  );
}

function findTarget(organization: OrganizationSnapshot, target: string): OrganizationLevelSnapshot {
  const levels = levelsOf(organization);
  return (
    levels.find(({ id }) => id === target) ??
    refuse(
      'target',
      `the organization of the snapshot has no \`${target}\`${didYouMean(nearestOf([...new Set(levels.map(({ id }) => id))], target))}`,
    )
  );
}

function levelsOf(organization: OrganizationSnapshot): OrganizationLevelSnapshot[] {
  const byId = new Map<string, OrganizationLevelSnapshot>();
  for (const { levels } of organization.accounts.values()) {
    for (const level of levels ?? []) {
      byId.set(level.id, level);
    }
  }
  return [...byId.values()];
}

/** Puts another list in place on some levels, null elsewhere; whoever is below them is touched. */
function changeLevels(
  world: Rehearsed,
  kind: PolicyKind,
  next: (level: OrganizationLevelSnapshot) => readonly NamedDocument[] | null,
): void {
  const { organization } = world.snapshot;
  if (organization === null) {
    return;
  }
  const accounts = new Map(
    [...organization.accounts].map(([id, account]) => {
      const levels =
        account.levels?.map((level) => {
          const list = next(level);
          if (list === null) {
            return level;
          }
          world.touched.callerAccounts.add(id);
          if (kind.list === 'rcps') {
            world.touched.resourceAccounts.add(id);
            world.touched.aboveRepositories = true;
          }
          return kind.list === 'scps' ? { ...level, scps: list } : { ...level, rcps: list };
        }) ?? null;
      return [id, { ...account, levels }];
    }),
  );
  world.snapshot = { ...world.snapshot, organization: { ...organization, accounts } };
}

/** An RCP of one's own can only deny, and whoever it is. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html */
function proposed(kind: PolicyKind, name: string, document: unknown): NamedDocument {
  const isRcp = kind.list === 'rcps';
  const named = readProposed(document, {
    policy: name,
    kind: isRcp ? 'resource' : 'identity',
    lengthMax: kind.lengthMax,
  });
  if (isRcp && named.document.kind === 'readable') {
    const { statements, version } = named.document.value;
    const problems = statements.flatMap(({ index, effect, principal }) => [
      ...(effect.kind === 'readable' && effect.value === 'Deny'
        ? []
        : [
            {
              place: `Statement[${index}].Effect`,
              position: null,
              message: 'allows: expected `Deny`, the only effect of an RCP',
            },
          ]),
      ...(principal?.kind === 'readable' &&
      !principal.value.isNegated &&
      principal.value.entries.every(({ kind: each }) => each === 'everyone')
        ? []
        : [
            {
              place: `Statement[${index}].Principal`,
              position: null,
              message: 'names somebody: expected `*`, as an RCP has it',
            },
          ]),
    ]);
    if (version !== '2012-10-17') {
      problems.push({
        place: 'Version',
        position: null,
        message: 'is an older one: expected `2012-10-17`, as an RCP has it',
      });
    }
    if (problems.length > 0) {
      throw new RefusedChange('document', problems);
    }
  }
  return named;
}
