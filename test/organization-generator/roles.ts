import { trustAccount, trustGitHub, trustIdentityCenter, trustService } from '../sample-organization/documents.ts';
import { hexOf } from '../sample-organization/identifiers.ts';
import { unrelatedAwsPolicies } from './aws-managed.ts';
import { type DocumentPurpose, identityDocument } from './identity-documents.ts';
import type { Catalog } from './managed-policies.ts';
import type { Role } from './model.ts';
import { SERVICES } from './ecr-statements.ts';
import type { Random } from './random.ts';
import { type Place, streamFor, teamFor } from './scene.ts';

/** How often a role of a kind stands in an account. */
const KINDS = {
  application: 26,
  function: 17,
  task: 15,
  node: 6,
  build: 13,
  developer: 5,
  operator: 4,
  reader: 4,
  scanner: 2,
  administrator: 1.5,
  identityCenter: 2.5,
  serviceLinked: 4,
} as const;

type RoleKind = keyof typeof KINDS;

interface Draft {
  readonly place: Place;
  readonly catalog: Catalog;
  readonly random: Random;
  readonly team: string;
  readonly number: number;
}

export function makeRole(place: Place, catalog: Catalog, number: number): Role {
  const random = streamFor(place, `role ${number}`);
  const kind = random.weighted(KINDS);
  return roleOf(kind, { place, catalog, random, team: teamFor(random, place.account.teams), number });
}

function roleOf(kind: RoleKind, draft: Draft): Role {
  const { place, random, team, number } = draft;
  const managed = (purpose: DocumentPurpose, share = 1): string[] =>
    random.chance(share) ? draft.catalog.find(random, purpose, team) : [];
  const inline = (purpose: DocumentPurpose, share: number): Role['inline'] =>
    random.chance(share) ? { [`${purpose}-access`]: identityDocument(random, place, team, purpose) } : {};
  const unrelated = (count: number): string[] => random.some(unrelatedAwsPolicies, count);
  const name = `${team}-${random.pick(SERVICES)}-${kind}-${number}`;
  const common = { name, tags: tagsOf(random, team), ...boundaryOf(kind, draft) };
  switch (kind) {
    case 'application':
      return {
        ...common,
        path: '/apps/',
        trust: trustService('ecs-tasks.amazonaws.com'),
        managed: [...unrelated(random.below(3)), ...managed('other', 0.8)],
        inline: inline('other', 0.55),
      };
    case 'function':
      return {
        ...common,
        path: '/lambda/',
        trust: trustService('lambda.amazonaws.com'),
        managed: ['AWSLambdaBasicExecutionRole', ...managed('other', 0.6)],
        inline: inline(random.chance(0.12) ? 'pull' : 'other', 0.5),
      };
    case 'task':
      return {
        ...common,
        path: '/ecs/',
        trust: trustService('ecs-tasks.amazonaws.com'),
        managed: [
          random.chance(0.7) ? 'AmazonECSTaskExecutionRolePolicy' : 'AmazonEC2ContainerRegistryReadOnly',
          ...managed('mixed', 0.45),
          ...managed('pull', 0.3),
          ...managed('guard', 0.05),
        ],
        inline: inline('mixed', 0.2),
      };
    case 'node':
      return {
        ...common,
        path: '/eks/',
        trust: trustService('ec2.amazonaws.com'),
        managed: [
          random.pick(['AmazonEC2ContainerRegistryReadOnly', 'AmazonEC2ContainerRegistryPullOnly']),
          'AmazonEKSWorkerNodePolicy',
          'AmazonEKS_CNI_Policy',
          'AmazonSSMManagedInstanceCore',
        ],
        inline: inline('other', 0.2),
      };
    case 'build':
      return {
        ...common,
        path: '/ci/',
        trust: trustGitHub(place.account.id, [`repo:example/${team}-*`]),
        managed: [
          ...(random.chance(0.25) ? ['AmazonEC2ContainerRegistryPowerUser'] : managed('push')),
          ...managed('guard', 0.1),
        ],
        inline: inline(random.pick(['push', 'mixed']), 0.5),
      };
    case 'developer':
      return {
        ...common,
        path: '/teams/',
        trust: trustAccount(place.account.id),
        managed: [...managed('ownTag', 0.6), ...managed('pull', 0.6), ...managed('guard', 0.2)],
        inline: inline('operate', 0.25),
      };
    case 'operator':
      return {
        ...common,
        path: '/platform/',
        trust: trustAccount(place.account.id),
        managed: [
          ...managed('operate'),
          random.pick(['AmazonEC2ContainerRegistryPowerUser', 'AmazonEC2ContainerRegistryFullAccess']),
        ],
        inline: inline('guard', 0.3),
      };
    case 'reader':
      return {
        ...common,
        path: '/audit/',
        trust: trustAccount(random.pick(place.scene.accounts).id),
        managed: [random.pick(['ReadOnlyAccess', 'SecurityAudit', 'ViewOnlyAccess']), ...managed('pull', 0.5)],
        inline: {},
      };
    case 'scanner':
      return {
        ...common,
        path: '/audit/',
        trust: trustService('ecs-tasks.amazonaws.com'),
        managed: ['AmazonEC2ContainerRegistryReadOnly', ...managed('operate', 0.4)],
        inline: inline('pull', 0.5),
      };
    case 'administrator':
      return {
        ...common,
        path: '/',
        trust: trustAccount(place.scene.managementAccountId),
        managed: [random.chance(0.7) ? 'AdministratorAccess' : 'PowerUserAccess', ...managed('guard', 0.2)],
        inline: {},
      };
    case 'identityCenter':
      return identityCenterRole(draft);
    case 'serviceLinked':
      return serviceLinkedRole(draft);
  }
}

/** People's roles come from permission sets, which are the same in every account that has them. */
function identityCenterRole({ place, random, number }: Draft): Role {
  const set = random.pick([
    'AdministratorAccess',
    'PowerUserAccess',
    'ReadOnlyAccess',
    'ViewOnlyAccess',
    'SecurityAudit',
    'AmazonEC2ContainerRegistryPowerUser',
  ]);
  const suffix = hexOf(`${place.scene.seed} permission set ${set} ${number}`).slice(0, 16);
  return {
    name: `AWSReservedSSO_${set.slice(0, 32)}_${suffix}`,
    path: '/aws-reserved/sso.amazonaws.com/eu-west-1/',
    trust: trustIdentityCenter(place.account.id),
    managed: [set],
    inline: {},
    tags: {},
  };
}

function serviceLinkedRole({ random, number }: Draft): Role {
  const [service, title, managed] = random.pick([
    ['ecs', 'ECS', 'AmazonECSServiceRolePolicy'],
    ['eks', 'AmazonEKS', 'AmazonEKSServiceRolePolicy'],
    ['autoscaling', 'AutoScaling', 'AutoScalingServiceRolePolicy'],
    ['guardduty', 'AmazonGuardDuty', 'AmazonGuardDutyServiceRolePolicy'],
    ['inspector2', 'AmazonInspector2', 'AmazonInspector2ServiceRolePolicy'],
    ['replication.ecr', 'ECRReplication', 'ECRReplicationServiceRolePolicy'],
    ['cloudtrail', 'CloudTrail', 'CloudTrailServiceRolePolicy'],
  ] as const);
  return {
    name: `AWSServiceRoleFor${title}_${number}`,
    path: `/aws-service-role/${service}.amazonaws.com/`,
    trust: trustService(`${service}.amazonaws.com`),
    managed: [managed],
    inline: {},
    tags: {},
  };
}

export function tagsOf(random: Random, team: string): Record<string, string> {
  return {
    ...(random.chance(0.8) ? { team } : {}),
    ...(random.chance(0.6) ? { env: random.pick(['production', 'staging', 'development']) } : {}),
  };
}

const BOUND: ReadonlySet<RoleKind> = new Set(['application', 'function', 'task', 'build', 'developer']);

/** Roles that teams may make themselves carry a boundary: that is what boundaries are for. */
function boundaryOf(kind: RoleKind, { catalog, random, team }: Draft): { boundary?: string } {
  const [boundary] = BOUND.has(kind) && random.chance(0.4) ? catalog.find(random, 'boundary', team) : [];
  return boundary === undefined ? {} : { boundary };
}
