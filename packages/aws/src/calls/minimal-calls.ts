import type { SnapshotPart } from '@ecr-audit/access';

import { eventNamesFor } from '../cloudtrail/event-names.ts';
import { homeRegion } from '../regions.ts';

// What the largest page of each list holds.
const pageSizes = { iam: 1000, ecr: 1000, organizations: 20, cloudtrail: 50 } as const;

const accountSettings = 3;

/**
 * Counts the calls without which these parts cannot have been read, by operation: pages of lists, and one call for each
 * thing that AWS tells only one by one. What AWS answers in smaller pages than it may comes on top, as do retries.
 *
 * `roles` says how many roles were assumed, `regionLists` how many accounts were asked for their regions. Parts that are
 * absent count nothing, though they may have been asked for.
 */
export function minimalCalls(
  parts: readonly SnapshotPart[],
  options: { readonly roles: number; readonly regionLists: number; readonly partition: string },
): ReadonlyMap<string, number> {
  const calls = new Map<string, number>();
  const add = (operation: string, count: number): void => {
    if (count > 0) {
      calls.set(operation, (calls.get(operation) ?? 0) + count);
    }
  };
  add('sts:GetCallerIdentity', 1);
  add('sts:AssumeRole', options.roles);
  add('account:ListRegions', options.regionLists);
  for (const part of parts) {
    const [, , third = '', fourth] = part.path.split('/');
    const file = fourth ?? (part.path.includes('/') ? third : part.path);
    countOf[file]?.(part.content, add, { region: third, partition: options.partition, parts, path: part.path });
  }
  return new Map([...calls].toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

type Add = (operation: string, count: number) => void;
type Place = {
  readonly region: string;
  readonly partition: string;
  readonly parts: readonly SnapshotPart[];
  readonly path: string;
};

const countOf: Readonly<Record<string, (content: string, add: Add, place: Place) => void>> = {
  'organization.json': (content, add) => {
    const organization = record(content);
    const list = (key: string) => listIn(organization, key).map(asRecord);
    const [roots, units, accounts, policies] = [
      list('Roots'),
      list('OrganizationalUnits'),
      list('Accounts'),
      list('Policies'),
    ];
    add('organizations:DescribeOrganization', 1);
    add('organizations:ListRoots', 1);
    for (const { Id } of [...roots, ...units]) {
      const below = (children: readonly Fields[]) =>
        pages(children.filter((child) => child['ParentId'] === Id).length, 'organizations');
      add('organizations:ListOrganizationalUnitsForParent', below(units));
      add('organizations:ListAccountsForParent', below(accounts));
    }
    const types = roots.flatMap((root) => listIn(root, 'PolicyTypes').map(asRecord));
    for (const { Type, Status } of types) {
      const ofType = policies.filter((policy) => asRecord(policy['PolicySummary'])['Type'] === Type);
      const isRead = Type === 'SERVICE_CONTROL_POLICY' || Type === 'RESOURCE_CONTROL_POLICY';
      add('organizations:ListPolicies', isRead && Status === 'ENABLED' ? pages(ofType.length, 'organizations') : 0);
    }
    for (const policy of policies) {
      add('organizations:DescribePolicy', 1);
      add('organizations:ListTargetsForPolicy', pages(listIn(policy, 'Targets').length, 'organizations'));
    }
    add('organizations:ListTagsForResource', accounts.filter((account) => account['Tags'] !== undefined).length);
  },
  'account-authorization-details.json': (content, add) => {
    const details = record(content);
    const entities = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'].reduce(
      (sum, key) => sum + listIn(details, key).length,
      0,
    );
    add('iam:GetAccountAuthorizationDetails', pages(entities, 'iam'));
  },
  'identity-providers.json': (content, add) => {
    const providers = record(content);
    add('iam:ListOpenIDConnectProviders', 1);
    add('iam:ListSAMLProviders', 1);
    add('iam:GetOpenIDConnectProvider', listIn(providers, 'OpenIDConnectProviders').length);
  },
  'repositories.json': (content, add) => {
    const count = listIn(record(content), 'repositories').length;
    add('ecr:DescribeRepositories', pages(count, 'ecr'));
    add('ecr:GetRepositoryPolicy', count);
    add('ecr:ListTagsForResource', count);
  },
  'registry.json': (content, add) => {
    const registry = record(content);
    add('ecr:GetRegistryPolicy', 1);
    add('ecr:GetAccountSetting', accountSettings);
    add('ecr:DescribeRegistry', 1);
    add('ecr:DescribePullThroughCacheRules', pages(listIn(registry, 'pullThroughCacheRules').length, 'ecr'));
    add(
      'ecr:DescribeRepositoryCreationTemplates',
      pages(listIn(registry, 'repositoryCreationTemplates').length, 'ecr'),
    );
    add('ecr:GetRegistryScanningConfiguration', 1);
  },
  'cloudtrail-window.json': (_content, add, { region, partition, parts, path }) => {
    const folder = path.slice(0, path.lastIndexOf('/'));
    const events = parts.find((part) => part.path === `${folder}/cloudtrail-events.ndjson`)?.content ?? '';
    const byName = new Map<unknown, number>();
    for (const line of events.split('\n').filter((text) => text !== '')) {
      const name = record(line)['EventName'];
      byName.set(name, (byName.get(name) ?? 0) + 1);
    }
    const isEcrRead = parts.some((part) => part.path.startsWith(`${folder}/re`));
    for (const name of eventNamesFor({ isHomeRegion: region === homeRegion(partition), isEcrRead })) {
      add('cloudtrail:LookupEvents', pages(byName.get(name) ?? 0, 'cloudtrail'));
    }
  },
};

/** Even an empty list is one call. */
function pages(items: number, service: keyof typeof pageSizes): number {
  return Math.max(1, Math.ceil(items / pageSizes[service]));
}

type Fields = Readonly<Record<string, unknown>>;

function record(text: string): Fields {
  return asRecord(JSON.parse(text));
}

function asRecord(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function listIn(fields: Fields, key: string): readonly unknown[] {
  const value = fields[key];
  return Array.isArray(value) ? value : [];
}
