import { accountIds, organizationId } from './identifiers.ts';
import type { Organization, OrganizationPolicy } from './model.ts';
import { allow, deny, policy } from './documents.ts';

const rootId = 'r-lk42';

const units = {
  security: { id: 'ou-lk42-5ecur1ty', name: 'Security', parentId: rootId },
  infrastructure: { id: 'ou-lk42-1nfrastr', name: 'Infrastructure', parentId: rootId },
  registries: { id: 'ou-lk42-reg1stry', name: 'Registries', parentId: 'ou-lk42-1nfrastr' },
  workloads: { id: 'ou-lk42-w0rkload', name: 'Workloads', parentId: rootId },
  production: { id: 'ou-lk42-pr0ducti', name: 'Production', parentId: 'ou-lk42-w0rkload' },
  nonProduction: { id: 'ou-lk42-n0nprodu', name: 'NonProduction', parentId: 'ou-lk42-w0rkload' },
  sandbox: { id: 'ou-lk42-5andb0x1', name: 'Sandbox', parentId: rootId },
};

const members = [
  { id: accountIds.management, name: 'larkfield-management', parentId: rootId },
  { id: accountIds.security, name: 'larkfield-security', parentId: units.security.id },
  {
    id: accountIds.registry,
    name: 'larkfield-registry',
    parentId: units.registries.id,
    tags: { CostCentre: 'platform' },
  },
  { id: accountIds.production, name: 'larkfield-production', parentId: units.production.id },
  { id: accountIds.staging, name: 'larkfield-staging', parentId: units.nonProduction.id },
  { id: accountIds.sandbox, name: 'larkfield-sandbox', parentId: units.sandbox.id },
  { id: accountIds.acquired, name: 'parcelmate', parentId: units.nonProduction.id, tags: { Acquired: '2026-09' } },
];

const everyTarget = [rootId, ...Object.values(units).map((unit) => unit.id), ...members.map((member) => member.id)];

export const policyIds = { protectRegistries: 'p-pr0tectreg' };

/** The OU from which somebody takes the guardrail away in the week between the two points. */
export const workloadsUnitId = units.workloads.id;

export function organization(): Organization {
  return {
    id: organizationId,
    managementAccountId: accountIds.management,
    rootId,
    units: structuredClone(Object.values(units)),
    members: structuredClone(members),
    policies: [...serviceControlPolicies(), ...resourceControlPolicies()],
  };
}

function serviceControlPolicies(): OrganizationPolicy[] {
  return [
    {
      id: 'p-FullAWSAccess',
      name: 'FullAWSAccess',
      type: 'SERVICE_CONTROL_POLICY',
      isAwsManaged: true,
      document: policy(allow({ Action: '*', Resource: '*' })),
      // The sandbox OU carries an allow list instead.
      targets: everyTarget.filter((id) => id !== units.sandbox.id),
    },
    {
      id: 'p-reg10nsall',
      name: 'TwoRegionsOnly',
      type: 'SERVICE_CONTROL_POLICY',
      isAwsManaged: false,
      document: policy(
        deny({
          Sid: 'OutsideOurRegions',
          NotAction: ['cloudfront:*', 'iam:*', 'organizations:*', 'route53:*', 'sts:*', 'support:*'],
          Resource: '*',
          Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } },
        }),
      ),
      targets: [rootId],
    },
    {
      id: 'p-eur0peonly',
      name: 'TestsStayInEurope',
      type: 'SERVICE_CONTROL_POLICY',
      isAwsManaged: false,
      document: policy(
        deny({
          Sid: 'OutsideEurope',
          NotAction: ['ecr:GetAuthorizationToken', 'iam:*', 'organizations:*', 'sts:*'],
          Resource: '*',
          Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
        }),
      ),
      targets: [units.nonProduction.id],
    },
    {
      id: policyIds.protectRegistries,
      name: 'ProtectRegistries',
      type: 'SERVICE_CONTROL_POLICY',
      isAwsManaged: false,
      document: policy(
        deny({
          Sid: 'OnlyThePlatformTeamAdministersRegistries',
          Action: [
            'ecr:DeleteRegistryPolicy',
            'ecr:DeleteRepository',
            'ecr:DeleteRepositoryPolicy',
            'ecr:PutRegistryPolicy',
            'ecr:SetRepositoryPolicy',
          ],
          Resource: '*',
          Condition: {
            ArnNotLike: {
              'aws:PrincipalArn': [
                'arn:aws:iam::*:role/platform/registry-administrator',
                'arn:aws:iam::*:role/OrganizationAccountAccessRole',
              ],
            },
          },
        }),
      ),
      targets: [units.infrastructure.id, units.workloads.id],
    },
    {
      id: 'p-m4todelete',
      name: 'DeleteOnlyWithMfa',
      type: 'SERVICE_CONTROL_POLICY',
      isAwsManaged: false,
      document: policy(
        deny({
          Sid: 'ImagesAreDeletedWithMfa',
          Action: 'ecr:BatchDeleteImage',
          Resource: '*',
          Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
        }),
      ),
      targets: [units.production.id],
    },
    {
      id: 'p-5andb0xall',
      name: 'SandboxAllowList',
      type: 'SERVICE_CONTROL_POLICY',
      isAwsManaged: false,
      document: policy(
        allow({
          Sid: 'PlaythingsInOneRegion',
          Action: ['cloudwatch:*', 'ec2:*', 'lambda:*', 'logs:*', 's3:*'],
          Resource: '*',
          Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
        }),
        allow({
          Sid: 'ImagesButNoDeletion',
          Action: [
            'ecr:Batch*Availability',
            'ecr:BatchGetImage',
            'ecr:CompleteLayerUpload',
            'ecr:CreateRepository',
            'ecr:Describe*',
            'ecr:Get*',
            'ecr:InitiateLayerUpload',
            'ecr:List*',
            'ecr:PutImage',
            'ecr:SetRepositoryPolicy',
            'ecr:UploadLayerPart',
          ],
          Resource: '*',
          Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
        }),
        allow({ Sid: 'Identity', Action: ['iam:Get*', 'iam:List*', 'iam:PassRole', 'sts:*'], Resource: '*' }),
      ),
      targets: [units.sandbox.id],
    },
  ];
}

function resourceControlPolicies(): OrganizationPolicy[] {
  return [
    {
      id: 'p-RCPFullAWSAccess',
      name: 'RCPFullAWSAccess',
      type: 'RESOURCE_CONTROL_POLICY',
      isAwsManaged: true,
      document: policy(allow({ Principal: '*', Action: '*', Resource: '*' })),
      targets: everyTarget,
    },
    {
      id: 'p-ecrper1met',
      name: 'EcrPerimeter',
      type: 'RESOURCE_CONTROL_POLICY',
      isAwsManaged: false,
      document: policy(
        deny({
          Sid: 'ImagesStayInTheOrganization',
          Principal: '*',
          Action: 'ecr:*',
          Resource: '*',
          Condition: {
            StringNotEqualsIfExists: {
              'aws:PrincipalOrgID': organizationId,
              'aws:PrincipalAccount': [accountIds.customsBroker],
            },
            BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
          },
        }),
      ),
      targets: [units.infrastructure.id, units.production.id],
    },
  ];
}
