/* Changes made to the files of a snapshot as AWS would show them afterwards: what a rehearsal is compared with. It shares no code with it. */

/** The files of a snapshot by path, as JSON. */
export type Files = ReadonlyMap<string, unknown>;

export interface MadeUpChange {
  readonly change: string;
  readonly policy?: string | undefined;
  readonly identity?: string | undefined;
  readonly name?: string | undefined;
  readonly repository?: string | undefined;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly target?: string | undefined;
  readonly document?: unknown;
}

interface Attachments {
  AttachedManagedPolicies: { PolicyName: string; PolicyArn: string }[];
}
interface Principal extends Attachments {
  Arn: string;
  PermissionsBoundary?: { PermissionsBoundaryArn: string };
  [inline: string]: unknown;
}
export interface Details {
  UserDetailList: Principal[];
  RoleDetailList: Principal[];
  GroupDetailList: Principal[];
  Policies: { Arn: string; PolicyName: string; DefaultVersionId: string; PolicyVersionList: object[] }[];
}
interface OrganizationPolicy {
  PolicySummary: { Id: string; Name: string; Type: string };
  Content: string;
  Targets: (string | { TargetId: string })[];
}
export interface Organization {
  Roots: { Id: string }[];
  OrganizationalUnits: { Id: string }[];
  Accounts: { Id: string }[];
  Policies: OrganizationPolicy[];
}

const INLINE_LISTS = ['UserPolicyList', 'RolePolicyList', 'GroupPolicyList'] as const;

/** The files after a change; null where files cannot say what it leaves. */
export function changedFiles(files: Files, change: MadeUpChange): Files | null {
  const copy = new Map(structuredClone([...files]));
  return change.change.endsWith('ControlPolicy')
    ? changeOrganization(copy, change)
    : change.change.includes('Repository') || change.change.includes('Registry')
      ? changeRegistry(copy, change)
      : changeIam(copy, change);
}

export function detailsOf(files: Files, accountId: string): Details | null {
  return as<Details>(files.get(`accounts/${accountId}/account-authorization-details.json`));
}

export function organizationOf(files: Files): Organization | null {
  return as<Organization>(files.get('organization.json'));
}

export function holdersIn(details: Details): Principal[] {
  return [...details.UserDetailList, ...details.RoleDetailList, ...details.GroupDetailList];
}

/** The inline policies of a user, role or group. */
export function inlineOf(holder: Principal): { PolicyName: string; PolicyDocument: unknown }[] {
  const list = INLINE_LISTS.find((name) => name in holder);
  return as<{ PolicyName: string; PolicyDocument: unknown }[]>(list === undefined ? [] : holder[list]) ?? [];
}

export function targetsOf({ Targets }: OrganizationPolicy): string[] {
  return Targets.map((target) => (typeof target === 'string' ? target : target.TargetId));
}

export function typeOf({ change }: MadeUpChange): string {
  return change.endsWith('ServiceControlPolicy') ? 'SERVICE_CONTROL_POLICY' : 'RESOURCE_CONTROL_POLICY';
}

/** A file, or a part of one, in the shape that it was made in. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says what it made.
export function as<Shape>(value: unknown): Shape | null {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the files were made up a moment ago, so their shape is known.
  return value === undefined ? null : (value as Shape);
}

function changeIam(files: Map<string, unknown>, change: MadeUpChange): Files | null {
  const { policy, identity, name, document } = change;
  const accountId = (identity ?? policy ?? '').split(':')[4] ?? '';
  const isOfAws = accountId === 'aws';
  const accounts = [...files.keys()].flatMap((path) => /^accounts\/(\d{12})\/account-auth/.exec(path)?.[1] ?? []);
  for (const each of isOfAws ? accounts : [accountId]) {
    const details = detailsOf(files, each);
    if (details === null) {
      return null;
    }
    const holder = holdersIn(details).find(({ Arn }) => Arn === identity);
    const without = (one: Attachments): void => {
      one.AttachedManagedPolicies = one.AttachedManagedPolicies.filter(({ PolicyArn }) => PolicyArn !== policy);
    };
    if (document !== undefined && policy !== undefined) {
      details.Policies = details.Policies.filter(({ Arn }) => Arn !== policy);
      details.Policies.push({
        Arn: policy,
        PolicyName: policy.split('/').at(-1) ?? '',
        DefaultVersionId: 'v2',
        PolicyVersionList: [{ VersionId: 'v2', Document: document }],
      });
    }
    switch (change.change) {
      case 'putManagedPolicy':
        break;
      case 'deleteManagedPolicy':
        details.Policies = details.Policies.filter(({ Arn }) => Arn !== policy);
        holdersIn(details).forEach(without);
        break;
      case 'attachManagedPolicy':
        holder?.AttachedManagedPolicies.push({ PolicyName: 'attached', PolicyArn: policy ?? '' });
        break;
      case 'detachManagedPolicy':
        if (holder !== undefined) {
          without(holder);
        }
        break;
      case 'putInlinePolicy': {
        const list = holder === undefined ? [] : inlineOf(holder);
        const known = list.find(({ PolicyName }) => PolicyName === name);
        if (known === undefined) {
          list.push({ PolicyName: name ?? '', PolicyDocument: document });
        } else {
          known.PolicyDocument = document;
        }
        break;
      }
      case 'deleteInlinePolicy': {
        const list = holder === undefined ? [] : inlineOf(holder);
        list.splice(
          list.findIndex(({ PolicyName }) => PolicyName === name),
          1,
        );
        break;
      }
      case 'putPermissionsBoundary':
        if (holder !== undefined) {
          holder.PermissionsBoundary = { PermissionsBoundaryArn: policy ?? '' };
        }
        break;
      case 'deletePermissionsBoundary':
        delete holder?.PermissionsBoundary;
        break;
      default:
        throw new Error(`nobody knows how to make \`${change.change}\``);
    }
  }
  return files;
}

function changeRegistry(files: Map<string, unknown>, change: MadeUpChange): Files | null {
  const { repository, account, region, document } = change;
  const policyText = document === undefined ? null : JSON.stringify(document);
  // What could not be read is known once somebody writes it; a gap that is recorded cannot say so for one policy alone.
  const { gaps = [] } = as<{ gaps?: { source: string }[] }>(files.get('snapshot.json')) ?? {};
  if (gaps.some(({ source }) => source === `ecr:Get${repository === undefined ? 'Registry' : 'Repository'}Policy`)) {
    return null;
  }
  if (repository === undefined) {
    const path = `accounts/${account ?? ''}/${region ?? ''}/registry.json`;
    const registry = as<object>(files.get(path));
    files.set(path, { ...registry, registryPolicy: policyText });
    return registry === null ? null : files;
  }
  const [, , , place = '', owner = '', resource = ''] = repository.split(':');
  const repositoryName = resource.slice('repository/'.length);
  const path = `accounts/${owner}/${place}/repository-policies.json`;
  const policies = as<{ repositoryName: string }[]>(files.get(path));
  if (policies === null) {
    return null;
  }
  const others = policies.filter((each) => each.repositoryName !== repositoryName);
  files.set(path, [...others, ...(policyText === null ? [] : [{ repositoryName, policyText }])]);
  return files;
}

function changeOrganization(files: Map<string, unknown>, change: MadeUpChange): Files | null {
  const organization = organizationOf(files);
  if (organization === null) {
    return null;
  }
  const { name = '', target = '', document } = change;
  const type = typeOf(change);
  const known = organization.Policies.find(({ PolicySummary: { Name, Type } }) => Name === name && Type === type);
  if (known === undefined) {
    organization.Policies.push({
      PolicySummary: { Id: `p-${name}`, Name: name, Type: type },
      Content: JSON.stringify(document),
      Targets: [target],
    });
    return files;
  }
  if (change.change.startsWith('put')) {
    known.Content = JSON.stringify(document);
  } else if (change.change.startsWith('delete')) {
    organization.Policies = organization.Policies.filter((each) => each !== known);
  } else {
    known.Targets = targetsOf(known).filter((each) => each !== target);
    known.Targets.push(...(change.change.startsWith('attach') ? [target] : []));
  }
  return files;
}
