import { resourceArn } from './resources.ts';
import type { ActivityResource } from './event.ts';
import { isObject, member, textMember } from './read-fields.ts';

const SUBJECTS_MAX = 16;

/** How a request names what it changes. Names of IAM are unique within the account; the others are so by themselves. */
const SUBJECT_BY_FIELD: ReadonlyMap<string, { readonly kind: string; readonly isNamedInAccount: boolean }> = new Map(
  Object.entries({
    username: ['user', true],
    newusername: ['user', true],
    rolename: ['role', true],
    groupname: ['group', true],
    newgroupname: ['group', true],
    instanceprofilename: ['instanceProfile', true],
    policyarn: ['policy', false],
    permissionsboundary: ['policy', false],
    openidconnectproviderarn: ['identityProvider', false],
    samlproviderarn: ['identityProvider', false],
    policyid: ['organizationPolicy', false],
    targetid: ['target', false],
    accountid: ['target', false],
    organizationalunitid: ['target', false],
    sourceparentid: ['target', false],
    destinationparentid: ['target', false],
    permissionsetarn: ['permissionSet', false],
  } as const).map(([field, [kind, isNamedInAccount]]) => [field, { kind, isNamedInAccount }]),
);

/**
 * What a change was about, so that the cause of a difference is found by it:
 * `user:ACCOUNT/NAME`, `role:`, `group:`, `instanceProfile:` alike, `policy:ARN`, `identityProvider:ARN`,
 * `organizationPolicy:p-ID`, `target:ID` for an account, unit or root, `permissionSet:ARN`, `repository:ARN`, and
 * `registry:ACCOUNT/REGION`.
 */
export function changeSubjects(
  record: unknown,
  { accountId, resources }: { readonly accountId: string; readonly resources: readonly ActivityResource[] },
): readonly string[] {
  const request = member(record, 'requestParameters');
  const response = member(record, 'responseElements');
  const created = [
    'policy',
    'role',
    'user',
    'group',
    'account',
    'createAccountStatus',
    'permissionSet',
    'organizationalUnit',
  ];
  const subjects = new Set<string>([
    ...resources.map(
      (resource) =>
        prefixed('repository', resourceArn(resource)) ?? `registry:${resource.accountId}/${resource.region}`,
    ),
    ...namedIn(request, accountId),
    ...namedIn(response, accountId),
    // What was created has its id only in the answer.
    ...created.flatMap((key) => namedIn(member(response, key), accountId)),
    ...[
      prefixed('policy', textMember(member(response, 'policy'), 'arn')),
      prefixed('organizationPolicy', textMember(member(member(response, 'policy'), 'policySummary'), 'id', 128)),
      prefixed('target', textMember(member(response, 'organizationalUnit'), 'id', 128)),
    ].filter((subject) => subject !== null),
    ...namedIn(member(member(record, 'serviceEventDetails'), 'createAccountStatus'), accountId),
  ]);
  return [...subjects].slice(0, SUBJECTS_MAX);
}

function namedIn(value: unknown, accountId: string): readonly string[] {
  return isObject(value)
    ? Object.keys(value).flatMap((key) => {
        // AWS spells the same field `sAMLProviderArn` and `SAMLProviderArn`.
        const subject = SUBJECT_BY_FIELD.get(key.toLowerCase());
        const text = subject === undefined ? null : textMember(value, key);
        return subject === undefined || text === null
          ? []
          : [`${subject.kind}:${subject.isNamedInAccount ? `${accountId}/` : ''}${text}`];
      })
    : [];
}

function prefixed(kind: string, text: string | null): string | null {
  return text === null ? null : `${kind}:${text}`;
}
