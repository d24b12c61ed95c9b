import {
  as,
  detailsOf,
  type Files,
  holdersIn,
  inlineOf,
  type MadeUpChange,
  organizationOf,
  targetsOf,
  typeOf,
} from './changed-files.ts';

/** Every word of a change. */
export const CHANGE_WORDS = [
  'putManagedPolicy',
  'deleteManagedPolicy',
  'attachManagedPolicy',
  'detachManagedPolicy',
  'putInlinePolicy',
  'deleteInlinePolicy',
  'putPermissionsBoundary',
  'deletePermissionsBoundary',
  'setRepositoryPolicy',
  'deleteRepositoryPolicy',
  'putRegistryPolicy',
  'deleteRegistryPolicy',
  'putServiceControlPolicy',
  'deleteServiceControlPolicy',
  'attachServiceControlPolicy',
  'detachServiceControlPolicy',
  'putResourceControlPolicy',
  'deleteResourceControlPolicy',
  'attachResourceControlPolicy',
  'detachResourceControlPolicy',
] as const;
export type ChangeWord = (typeof CHANGE_WORDS)[number];

/** Takes one of a list; undefined of an empty one. Numbers come from a generator, and begin anew when they are used up. */
export type Pick = <Each>(list: readonly Each[]) => Each | undefined;

export function pickBy(numbers: readonly number[]): Pick {
  let at = 0;
  return (list) => {
    const number = numbers[at % numbers.length] ?? 0;
    at += 1;
    return list[number % Math.max(list.length, 1)];
  };
}

interface Documents {
  readonly identity: unknown;
  readonly resource: unknown;
}

/** A change of that word to something that is in the files; null where they hold nothing for it. */
export function madeUpChange(
  change: ChangeWord,
  { files, pick, documents }: { readonly files: Files; readonly pick: Pick; readonly documents: Documents },
): MadeUpChange | null {
  const accountId = pick(accountsIn(files)) ?? '';
  const details = detailsOf(files, accountId);
  const holders = details === null ? [] : holdersIn(details);
  const principals = holders.filter(({ Arn }) => !Arn.includes(':group/'));
  const policies = details?.Policies.map(({ Arn }) => Arn) ?? [];
  const made = `arn:aws:iam::${accountId}:policy/made-up`;
  const document = documents.identity;
  // A policy that the account has goes without its document; another one brings it.
  const brought = (policy: string): object => (policies.includes(policy) ? { policy } : { policy, document });
  switch (change) {
    case 'putManagedPolicy':
      return whole({ change, policy: pick([...policies, ...policies, made]), document });
    case 'deleteManagedPolicy':
      return whole({ change, policy: pick(policies) });
    case 'attachManagedPolicy':
      return whole({ change, identity: pick(holders)?.Arn, ...brought(pick([...policies, made]) ?? made) });
    case 'detachManagedPolicy': {
      const holder = pick(holders.filter((each) => each.AttachedManagedPolicies.length > 0));
      return whole({ change, identity: holder?.Arn, policy: pick(holder?.AttachedManagedPolicies ?? [])?.PolicyArn });
    }
    case 'putInlinePolicy':
      return whole({ change, identity: pick(holders)?.Arn, name: pick(['own-0', 'made-up']), document });
    case 'deleteInlinePolicy': {
      const holder = pick(holders.filter((each) => inlineOf(each).length > 0));
      const name = holder === undefined ? undefined : pick(inlineOf(holder))?.PolicyName;
      return whole({ change, identity: holder?.Arn, name });
    }
    case 'putPermissionsBoundary':
      return whole({ change, identity: pick(principals)?.Arn, ...brought(pick([...policies, made]) ?? made) });
    case 'deletePermissionsBoundary':
      return whole({
        change,
        identity: pick(principals.filter((each) => each.PermissionsBoundary !== undefined))?.Arn,
      });
    case 'setRepositoryPolicy':
      return whole({ change, repository: pick(repositoriesIn(files)), document: documents.resource });
    case 'deleteRepositoryPolicy':
      return whole({ change, repository: pick(repositoriesIn(files)) });
    case 'putRegistryPolicy':
      return whole({ change, ...pick(registriesIn(files)), document: documents.resource });
    case 'deleteRegistryPolicy':
      return whole({ change, ...pick(registriesIn(files)) });
    default:
      return organizationChange(change, { files, pick, documents });
  }
}

function organizationChange(
  change: ChangeWord,
  { files, pick, documents }: { readonly files: Files; readonly pick: Pick; readonly documents: Documents },
): MadeUpChange | null {
  const organization = organizationOf(files);
  if (organization === null) {
    return null;
  }
  const type = typeOf({ change });
  const document = type === 'SERVICE_CONTROL_POLICY' ? documents.identity : denyingEverybody(documents.resource);
  const known = organization.Policies.filter(({ PolicySummary: { Type } }) => Type === type);
  const own = known.filter(({ PolicySummary: { Name } }) => Name !== 'FullAWSAccess');
  const places = [...organization.Roots, ...organization.OrganizationalUnits, ...organization.Accounts];
  if (change.startsWith('attach')) {
    const name = pick([...own.map(({ PolicySummary: { Name } }) => Name), 'made up']);
    const isKnown = own.some(({ PolicySummary: { Name } }) => Name === name);
    return whole({ change, name, target: pick(places)?.Id, ...(isKnown ? {} : { document }) });
  }
  const policy = pick(change.startsWith('detach') ? known : own);
  const name = policy?.PolicySummary.Name;
  if (change.startsWith('detach')) {
    return whole({ change, name, target: policy === undefined ? undefined : pick(targetsOf(policy)) });
  }
  return whole({ change, name, ...(change.startsWith('put') ? { document } : {}) });
}

/** As an RCP has to be: every statement denies, and everybody. */
function denyingEverybody(document: unknown): unknown {
  const { Statement: statements = [] } = as<{ Statement?: (Record<string, unknown> | null)[] }>(document) ?? {};
  const denied = (Array.isArray(statements) ? statements : []).map((statement) => ({
    Resource: '*',
    ...Object.fromEntries(Object.entries(statement ?? {}).filter(([key]) => key !== 'NotPrincipal')),
    Effect: 'Deny',
    Principal: '*',
  }));
  return { Version: '2012-10-17', Statement: denied };
}

function whole(change: MadeUpChange): MadeUpChange | null {
  return Object.values(change).includes(undefined) ? null : change;
}

function accountsIn(files: Files): string[] {
  return [...files.keys()].flatMap((path) => /^accounts\/(\d{12})\/account-auth/.exec(path)?.[1] ?? []);
}

function registriesIn(files: Files): { account: string; region: string }[] {
  return [...files.keys()].flatMap((path) => {
    const [, account, region] = /^accounts\/(\d{12})\/([^/]+)\/registry\.json$/.exec(path) ?? [];
    return account === undefined || region === undefined ? [] : [{ account, region }];
  });
}

function repositoriesIn(files: Files): string[] {
  return [...files].flatMap(([path, content]) =>
    path.endsWith('/repositories.json')
      ? (as<{ repositories: { repositoryArn: string }[] }>(content)?.repositories ?? []).map(
          ({ repositoryArn }) => repositoryArn,
        )
      : [],
  );
}
