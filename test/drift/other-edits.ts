import type { SnapshotPart } from '@ecr-audit/access';
import { z } from 'zod';

/** Makes other files of those of a snapshot. */
export type OtherEdit = (parts: readonly SnapshotPart[]) => readonly SnapshotPart[];

const row = z.record(z.string(), z.unknown());
const rows = z.array(row);
type Row = z.output<typeof row>;

/** A role of before and after with two ids, which drift tells as one, and evaluations as two. */
export const MADE_AGAIN = 'a role made again';

/** What the generator of days does not do, by name. */
export const OTHER_EDITS: ReadonlyMap<string, OtherEdit> = new Map<string, OtherEdit>([
  ['nothing else', (parts) => parts],
  ['tags of roles', inIam('RoleDetailList', (role) => ({ ...role, Tags: [{ Key: 'team', Value: 'other' }] }))],
  [
    'a role made again',
    inIam('RoleDetailList', (role) => ({ ...role, RoleId: `${String(role['RoleId']).slice(0, -2)}ZZ` })),
  ],
  ['a role deleted', inIam('RoleDetailList', () => null)],
  ['a user out of its groups', inIam('UserDetailList', (user) => ({ ...user, GroupList: [] }))],
  [
    'groups without policies',
    inIam('GroupDetailList', (group) => ({ ...group, GroupPolicyList: [], AttachedManagedPolicies: [] })),
  ],
  ['a boundary taken away', inIam('RoleDetailList', (role) => ({ ...role, PermissionsBoundary: undefined }))],
  [
    'tags of repositories',
    inFile('repository-tags.json', (tags) => mapValues(tags, () => [{ Key: 'team', Value: 'other' }])),
  ],
  ['repositories without policies', withoutPolicies],
  [
    'repositories deleted',
    inFile('repositories.json', (file) => ({ ...file, repositories: rows.parse(file['repositories']).slice(1) })),
  ],
  [
    'the scope of a registry',
    inFile('registry.json', (file) => ({ ...file, accountSettings: { REGISTRY_POLICY_SCOPE: 'V1' } })),
  ],
  ['a registry without its policy', inFile('registry.json', (file) => ({ ...file, registryPolicy: null }))],
  ['a registry policy that was not read', withGap('ecr:GetRegistryPolicy')],
  ['repositories that were not listed', without('repositories.json')],
  ['an account moved', inOrganization((file) => moved(file))],
  [
    'an account that came',
    inOrganization((file) => ({ ...file, Accounts: [...rows.parse(file['Accounts']), newcomer(file)] })),
  ],
  ['an SCP at the root', inOrganization((file) => guarded(file, 'SERVICE_CONTROL_POLICY'))],
  ['an RCP at the root', inOrganization((file) => guarded(file, 'RESOURCE_CONTROL_POLICY'))],
  ['an RCP at one account', inOrganization((file) => guarded(file, 'RESOURCE_CONTROL_POLICY', accountId(file)))],
  ['the organization not read', withGap('organizations:DescribeOrganization', 'organization.json')],
  ['IAM of an account not read', without('account-authorization-details.json')],
]);

/** Takes the first file of that name away. */
function without(name: string): OtherEdit {
  return (parts) => {
    const gone = parts.find(({ path }) => path.endsWith(`/${name}`));
    return parts.filter((part) => part !== gone);
  };
}

/** Whoever such a policy named is told from those alike by nothing that is left. */
function withoutPolicies(parts: readonly SnapshotPart[]): readonly SnapshotPart[] {
  return parts.map((part) => (part.path.endsWith('/repository-policies.json') ? { ...part, content: '[]' } : part));
}

/** As a collector leaves it that was not let in. */
function withGap(source: string, file?: string): OtherEdit {
  const gap = { accountId: null, region: null, source, resource: null, reason: 'accessDenied', message: 'not allowed' };
  const edit = inFile('snapshot.json', (head) => ({ ...head, gaps: [gap] }));
  return (parts) => edit(parts.filter(({ path }) => path !== file));
}

/** In the first file of that name. */
function inFile(name: string, edit: (file: Row) => Row): OtherEdit {
  return (parts) => {
    const edited = parts.find(({ path }) => path === name || path.endsWith(`/${name}`));
    return parts.map((part) =>
      part === edited ? { ...part, content: JSON.stringify(edit(row.parse(JSON.parse(part.content)))) } : part,
    );
  };
}

function inOrganization(edit: (file: Row) => Row): OtherEdit {
  return inFile('organization.json', edit);
}

/** One in four of a list, beginning with the first. Null takes it away. */
function inIam(list: string, edit: (each: Row) => Row | null): OtherEdit {
  return inFile('account-authorization-details.json', (file) => ({
    ...file,
    [list]: rows.parse(file[list]).flatMap((each, index) => (index % 4 === 0 ? (edit(each) ?? []) : [each])),
  }));
}

function mapValues(file: Row, map: (value: unknown) => unknown): Row {
  return Object.fromEntries(Object.entries(file).map(([key, value]) => [key, map(value)]));
}

function rootId(file: Row): string {
  return String(rows.parse(file['Roots'])[0]?.['Id']);
}

/** Of an account below a unit, which is not the one that manages the organization. */
function accountId(file: Row): string {
  const { MasterAccountId: management } = row.parse(file['Organization']);
  return String(rows.parse(file['Accounts']).find(({ Id: id }) => id !== management)?.['Id']);
}

function moved(file: Row): Row {
  const id = accountId(file);
  const accounts = rows.parse(file['Accounts']);
  return {
    ...file,
    Accounts: accounts.map((each) => (each['Id'] === id ? { ...each, ParentId: rootId(file) } : each)),
  };
}

function newcomer(file: Row): Row {
  const [account] = rows.parse(file['Accounts']);
  return {
    ...account,
    Id: '999988887777',
    Arn: 'arn:aws:organizations::999988887777:account/o-x/999988887777',
    ParentId: rootId(file),
  };
}

function guarded(file: Row, type: string, target = rootId(file)): Row {
  const isRcp = type === 'RESOURCE_CONTROL_POLICY';
  const statement = { Effect: 'Deny', ...(isRcp ? { Principal: '*' } : {}), Action: 'ecr:PutImage', Resource: '*' };
  const policy = {
    PolicySummary: {
      Id: 'p-guard',
      Arn: 'arn:aws:organizations::aws:policy/p-guard',
      Name: 'Guard',
      Type: type,
      AwsManaged: false,
    },
    Content: { Version: '2012-10-17', Statement: [statement] },
    Targets: [{ TargetId: target }],
  };
  return { ...file, Policies: [...rows.parse(file['Policies']), policy] };
}
