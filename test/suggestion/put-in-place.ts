import type { PrincipalSuggestion } from '@ecr-audit/access';
import { as, type Files } from '../rehearsal/changed-files.ts';

interface Holder {
  readonly Arn: string;
  readonly [list: string]: unknown;
}
interface Named {
  readonly PolicyName: string;
  readonly PolicyDocument: unknown;
}
interface Details {
  readonly UserDetailList: readonly Holder[];
  readonly RoleDetailList: readonly Holder[];
  readonly GroupDetailList: readonly (Holder & { readonly GroupName: string })[];
  readonly Policies: readonly {
    readonly Arn: string;
    readonly PolicyVersionList: readonly { readonly Document: unknown }[];
  }[];
}

/**
 * The files in which a user or role really has the suggested policies in place of those that they replace, as a person would
 * do it: of a replaced policy the other statements stay, as does every other policy, those of its groups included.
 */
export function putInPlace(files: Files, { principal, documents, replaces }: PrincipalSuggestion): Files {
  const path = `accounts/${principal.accountId ?? ''}/account-authorization-details.json`;
  const details = as<Details>(files.get(path));
  if (details === null) {
    throw new Error('a suggestion for somebody whose account has no users and roles');
  }
  const replaced = new Set(replaces);
  const policies = (holder: Holder, list: string): [string, unknown][] => [
    ...(as<Named[]>(holder[list]) ?? []).map(({ PolicyName, PolicyDocument }): [string, unknown] => [
      `${holder.Arn}#inline:${PolicyName}`,
      PolicyDocument,
    ]),
    ...(as<{ PolicyArn: string }[]>(holder['AttachedManagedPolicies']) ?? []).map(
      ({ PolicyArn }): [string, unknown] => [
        PolicyArn,
        details.Policies.find(({ Arn }) => Arn === PolicyArn)?.PolicyVersionList[0]?.Document,
      ],
    ),
  ];
  const made = documents.map((_, at) => `arn:aws:iam::${principal.accountId ?? ''}:policy/suggested-${at}`);
  const holder = (each: Holder, list: string): Holder => {
    if (each.Arn !== principal.arn) {
      return each;
    }
    const groups = details.GroupDetailList.filter(({ GroupName }) =>
      as<string[]>(each['GroupList'])?.includes(GroupName),
    );
    const held = new Map([...policies(each, list), ...groups.flatMap((group) => policies(group, 'GroupPolicyList'))]);
    const staying = [...held].map(([name, document], at) => ({
      PolicyName: `stays-${at}`,
      PolicyDocument: replaced.has(name) ? withoutAllows(document) : document,
    }));
    return {
      ...each,
      GroupList: [],
      [list]: staying,
      AttachedManagedPolicies: made.map((PolicyArn) => ({ PolicyName: 'suggested', PolicyArn })),
    };
  };
  return new Map(files).set(path, {
    ...details,
    UserDetailList: details.UserDetailList.map((each) => holder(each, 'UserPolicyList')),
    RoleDetailList: details.RoleDetailList.map((each) => holder(each, 'RolePolicyList')),
    Policies: [
      ...details.Policies,
      ...documents.map((document, at) => ({
        Arn: made[at],
        PolicyName: `suggested-${at}`,
        DefaultVersionId: 'v1',
        PolicyVersionList: [{ VersionId: 'v1', Document: document }],
      })),
    ],
  });
}

/** The files in which a repository has another policy, or none. */
export function putOnRepository(files: Files, arn: string, document: object | null): Files {
  const [, , , region = '', accountId = ''] = arn.split(':');
  const name = arn.slice(arn.indexOf('/') + 1);
  const path = `accounts/${accountId}/${region}/repository-policies.json`;
  const policies = as<{ repositoryName: string }[]>(files.get(path)) ?? [];
  return new Map(files).set(path, [
    ...policies.filter(({ repositoryName }) => repositoryName !== name),
    ...(document === null ? [] : [{ repositoryName: name, policyText: JSON.stringify(document) }]),
  ]);
}

function withoutAllows(document: unknown): unknown {
  const read = as<{ Statement?: unknown }>(document);
  const statements = Array.isArray(read?.Statement) ? read.Statement : [read?.Statement];
  return { ...read, Statement: statements.filter((each) => as<{ Effect?: unknown }>(each)?.Effect !== 'Allow') };
}
