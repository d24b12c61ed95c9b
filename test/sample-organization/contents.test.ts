import { describe, expect, test } from 'vitest';
import { accountIds } from './identifiers.ts';
import { readPoint, type SamplePoint } from './read-sample.ts';
import { pointDirectories, sampleOrganization } from './sample-organization.ts';

const files = sampleOrganization();
const points = Object.values(pointDirectories).map((directory): [string, SamplePoint] => [
  directory,
  readPoint(files, directory),
]);

// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html
const repositoryPolicyCharactersMax = 10_240;
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
const organizationPolicyCharactersMax = 5120;

describe.each(points)('%s', (directory, point) => {
  const principals = point.iam.flatMap(({ content }) => [...content.UserDetailList, ...content.RoleDetailList]);
  const documents = files.filter((file) => file.path.startsWith(directory)).map((file) => file.content);
  const policyTexts = point.repositoryPolicies.flatMap(({ content }) =>
    content.map((entry) => entry.policyText.replaceAll(/\s/g, '')),
  );

  test('the organization has two levels of OUs, customer SCPs on several levels and an RCP', () => {
    const { OrganizationalUnits: units, Policies: policies, Roots: roots, Accounts: accounts } = point.organization;
    const rootId = roots[0]?.Id;
    expect(
      units.some((unit) => units.some((parent) => parent.Id === unit.ParentId && parent.ParentId === rootId)),
    ).toBe(true);
    const own = policies.filter((policy) => !policy.PolicySummary.AwsManaged);
    const scps = own.filter((policy) => policy.PolicySummary.Type === 'SERVICE_CONTROL_POLICY');
    expect(scps.length).toBeGreaterThanOrEqual(3);
    expect(own.length - scps.length).toBeGreaterThanOrEqual(1);
    const targets = scps.flatMap((policy) => policy.Targets);
    expect(targets).toContain(rootId);
    expect(new Set(targets).size).toBeGreaterThanOrEqual(4);
    expect(policies.every((policy) => policy.Content.length <= organizationPolicyCharactersMax)).toBe(true);
    expect(accounts.length).toBeGreaterThanOrEqual(7);
  });

  test('every target, OU and account of the organization exists', () => {
    const { OrganizationalUnits: units, Policies: policies, Roots: roots, Accounts: accounts } = point.organization;
    const places = [...roots, ...units].map((place) => place.Id);
    const targets = new Set([...places, ...accounts.map((account) => account.Id)]);
    expect([...units, ...accounts].filter((place) => !places.includes(place.ParentId))).toEqual([]);
    expect(policies.flatMap((policy) => policy.Targets).filter((target) => !targets.has(target))).toEqual([]);
  });

  test('each account is read in two regions, save one that is a gap', () => {
    const listed = point.organization.Accounts.map((account) => account.Id);
    const read = point.iam.map(({ accountId }) => accountId);
    expect(read.length).toBeGreaterThanOrEqual(4);
    expect(listed.filter((id) => !read.includes(id))).toEqual([accountIds.acquired]);
    expect(point.snapshot.gaps.map((gap) => gap.accountId)).toContain(accountIds.acquired);
    for (const accountId of read) {
      const regions = point.registries
        .filter((registry) => registry.accountId === accountId)
        .map(({ region }) => region);
      expect(regions).toEqual(['eu-west-1', 'us-east-1']);
    }
  });

  test('there are at least 60 users and roles, of every kind', () => {
    expect(principals.length).toBeGreaterThanOrEqual(60);
    const arns = principals.map((principal) => principal.Arn);
    const kinds = [
      /:user\//,
      /:role\/aws-service-role\//,
      /:role\/aws-reserved\/sso\.amazonaws\.com\/.*AWSReservedSSO_/,
      /:role\/ci\/github-actions/,
      /:role\/eks\/.*-node$/,
      /:role\/.*-execution$/,
      /:role\/lambda\//,
      /:role\/ci\/base-image-builder$/,
    ];
    expect(kinds.filter((kind) => !arns.some((arn) => kind.test(arn)))).toEqual([]);
    expect(principals.filter((principal) => principal.PermissionsBoundary !== undefined).length).toBeGreaterThanOrEqual(
      5,
    );
  });

  test.each([
    'AmazonEC2ContainerRegistryFullAccess',
    'AmazonEC2ContainerRegistryPowerUser',
    'AmazonEC2ContainerRegistryReadOnly',
    'AmazonEC2ContainerRegistryPullOnly',
    'AdministratorAccess',
    'PowerUserAccess',
    'ReadOnlyAccess',
  ])('somebody carries %s', (name) => {
    const groups = point.iam.flatMap(({ content }) => content.GroupDetailList);
    const carried = [...principals, ...groups].flatMap((owner) =>
      owner.AttachedManagedPolicies.map((policy) => policy.PolicyArn),
    );
    expect(carried).toContain(`arn:aws:iam::aws:policy/${name}`);
  });

  test('every attached policy, boundary and group is there, with one default version and true counts', () => {
    for (const { content } of point.iam) {
      const owners = [...content.UserDetailList, ...content.RoleDetailList];
      const attached = [...owners, ...content.GroupDetailList].flatMap((owner) =>
        owner.AttachedManagedPolicies.map((policy) => policy.PolicyArn),
      );
      const boundaries = owners.flatMap((owner) => owner.PermissionsBoundary?.PermissionsBoundaryArn ?? []);
      const policies = new Map(content.Policies.map((policy) => [policy.Arn, policy]));
      expect([...attached, ...boundaries].filter((arn) => !policies.has(arn))).toEqual([]);
      for (const policy of policies.values()) {
        expect(policy.PolicyVersionList.filter((version) => version.IsDefaultVersion)).toHaveLength(1);
        expect(policy.AttachmentCount).toBe(attached.filter((arn) => arn === policy.Arn).length);
        expect(policy.PermissionsBoundaryUsageCount).toBe(boundaries.filter((arn) => arn === policy.Arn).length);
      }
      const groups = new Set(content.GroupDetailList.map((group) => group.GroupName));
      expect(content.UserDetailList.flatMap((user) => user.GroupList).filter((group) => !groups.has(group))).toEqual(
        [],
      );
    }
  });

  test('unique ids are unique and have the length that AWS gives them', () => {
    const ids = point.iam.flatMap(({ content }) => [
      ...content.UserDetailList.map((user) => user.UserId),
      ...content.RoleDetailList.map((role) => role.RoleId),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^A(?:IDA|ROA)[A-Z2-7]{17}$/.test(id))).toEqual([]);
  });

  test('there are at least 30 repositories with lawful names, with and without a policy', () => {
    const repositories = point.repositories.flatMap(({ content }) => content.repositories);
    expect(repositories.length).toBeGreaterThanOrEqual(30);
    expect(repositories.filter(({ repositoryName: name }) => !/^[a-z0-9][a-z0-9._/-]{1,255}$/.test(name))).toEqual([]);
    expect(policyTexts.length).toBeGreaterThanOrEqual(20);
    expect(repositories.length - policyTexts.length).toBeGreaterThanOrEqual(5);
    const lengths = point.repositoryPolicies.flatMap(({ content }) => content.map((entry) => entry.policyText.length));
    expect(Math.max(...lengths)).toBeLessThanOrEqual(repositoryPolicyCharactersMax);
  });

  test.each([
    ['an account as its root', /"AWS":\[?"arn:aws:iam::\d{12}:root"/],
    ['an account as twelve digits', /"AWS":\[?"\d{12}"/],
    ['a role', /"AWS":\[?"arn:aws:iam::\d{12}:role\//],
    ['a user', /"AWS":\[?"arn:aws:iam::\d{12}:user\//],
    ['a session', /"AWS":\[?"arn:aws:sts::\d{12}:assumed-role\//],
    ['everyone', /"Principal":"\*"|"Principal":{"AWS":"\*"}/],
    ['everyone of the organization', /"Principal":"\*".*"aws:PrincipalOrgID"/],
    ['the Lambda service with a source', /"Service":"lambda\.amazonaws\.com".*"aws:SourceArn"/],
    ['a deleted principal', /"AROA[A-Z2-7]{17}"/],
    ['all but some', /"Effect":"Deny","NotPrincipal"/],
    ['an account outside the organization', /888899990000/],
    ['a denial', /"Effect":"Deny"/],
    ['the old language version', /"Version":"2008-10-17"/],
    ['the new language version', /"Version":"2012-10-17"/],
    ['a resource', /"Resource":"\*"/],
  ])('a repository policy speaks of %s', (_what, pattern) => {
    expect(policyTexts.some((text) => pattern.test(text))).toBe(true);
  });

  test('most repository policies name no resource, as most do in the field', () => {
    expect(policyTexts.filter((text) => !text.includes('"Resource"')).length).toBeGreaterThanOrEqual(10);
  });

  test.each([
    '${aws:PrincipalTag/Team}',
    '${aws:username}',
    '"aws:ResourceTag/Team"',
    '"NotAction"',
    '"NotResource"',
    '"aws:SourceVpce"',
    '"aws:SourceIp"',
    '"aws:MultiFactorAuthPresent"',
    'aws:SecureTransport',
    'aws:PrincipalIsAWSService',
  ])('somewhere a document says %s', (text) => {
    const escaped = JSON.stringify(text).slice(1, -1);
    expect(documents.some((content) => content.includes(text) || content.includes(escaped))).toBe(true);
  });

  test('principals of readable accounts that repository policies name exist', () => {
    const known = new Set(principals.map((principal) => principal.Arn));
    const read = point.iam.map(({ accountId }) => accountId);
    const named = policyTexts.flatMap(
      (text) => text.match(/(?<="AWS":[^}]*)arn:aws:iam::\d{12}:(?:user|role)\/[^"]+/g) ?? [],
    );
    const ours = named.filter((arn) => read.some((accountId) => arn.includes(`::${accountId}:`)));
    expect(ours.length).toBeGreaterThan(0);
    expect(ours.filter((arn) => !known.has(arn))).toEqual([]);
  });

  test('registry policies stand in both scopes, and one admits replication from another account', () => {
    const withPolicy = point.registries.filter(({ content }) => content.registryPolicy !== null);
    const scopes = withPolicy.map(({ content }) => content.accountSettings['REGISTRY_POLICY_SCOPE']);
    expect(new Set(scopes)).toEqual(new Set(['V1', 'V2']));
    const texts = withPolicy.map(({ accountId, content }) => ({ accountId, text: content.registryPolicy ?? '' }));
    const foreign = texts.filter(
      ({ accountId, text }) => text.includes('ecr:ReplicateImage') && !text.includes(`::${accountId}:root`),
    );
    expect(foreign.length).toBeGreaterThanOrEqual(1);
    expect(texts.some(({ text }) => text.includes('ecr:CreateRepository'))).toBe(true);
  });
});
