import { allow, deny, policy } from '../sample-organization/documents.ts';
import type { Organization, OrganizationPolicy, PolicyDocument } from '../sample-organization/model.ts';
import type { Scene } from './scene.ts';

/** The policies of the organization, at the root, at nested units and at single accounts. */
export function guardrails(
  scene: Scene,
  { units, members }: Pick<Organization, 'units' | 'members'>,
): OrganizationPolicy[] {
  const targets = [scene.rootId, ...units.map(({ id }) => id), ...members.map(({ id }) => id)];
  const parents = new Set(members.map(({ parentId }) => parentId));
  const inhabited = new Set([...parents, ...units.filter(({ id }) => parents.has(id)).map(({ parentId }) => parentId)]);
  // A policy on a unit without accounts would bear on nobody, and to change it would change nothing.
  const unit = (name: string): string[] =>
    units.filter((each) => each.name === name && inhabited.has(each.id)).map(({ id }) => id);
  const accountsOf = (kind: string): string[] =>
    scene.accounts.filter((each) => each.kind === kind).map(({ id }) => id);
  const regions = [...new Set(scene.accounts.flatMap((account) => account.regions))];
  const all = [
    scp('FullAWSAccess', 'FullAWSAccess', policy(allow({ Action: '*', Resource: '*' })), targets),
    scp('regions0001', 'OurRegionsOnly', outsideRegions(regions), [scene.rootId]),
    scp('orgroles002', 'ProtectBaseline', protectBaseline(), [scene.rootId]),
    scp('workload003', 'ImagesAreDeletedByPipelines', deletionByPipelines(), unit('Workloads')),
    scp('prodmfa0004', 'DeleteOnlyWithMfa', deletionWithMfa(), unit('Production')),
    scp('prodtls0005', 'EncryptedTransport', encryptedTransport(), unit('Production')),
    scp('devguard006', 'NoPolicyFromDevelopment', noPolicyFromDevelopment(), unit('Development')),
    scp('sandbox0007', 'SandboxWithoutSharing', sandboxWithoutSharing(scene.organizationId), unit('Sandbox')),
    scp('registry008', 'RegistryByPlatform', registryByPlatform(), [
      ...accountsOf('registry'),
      ...accountsOf('single'),
    ]),
    rcp('RCPFullAWSAccess', 'RCPFullAWSAccess', policy(allow({ Principal: '*', Action: '*', Resource: '*' })), targets),
    rcp('perimeter09', 'ImagesStayInTheOrganization', perimeter(scene), [scene.rootId]),
    rcp('prodtls0010', 'EncryptedImages', encryptedImages(), unit('Production')),
  ];
  return all.filter((each) => each.targets.length > 0);
}

/** `FullAWSAccess` and its like stand wherever a type of policy is in force; AWS wrote them. */
function guardrail(type: OrganizationPolicy['type'], id: string, name: string, content: Content): OrganizationPolicy {
  return { id: `p-${id}`, name, type, isAwsManaged: name === id, ...content };
}

type Content = Pick<OrganizationPolicy, 'document' | 'targets'>;

function scp(id: string, name: string, document: PolicyDocument, targets: string[]): OrganizationPolicy {
  return guardrail('SERVICE_CONTROL_POLICY', id, name, { document, targets });
}

function rcp(id: string, name: string, document: PolicyDocument, targets: string[]): OrganizationPolicy {
  return guardrail('RESOURCE_CONTROL_POLICY', id, name, { document, targets });
}

function outsideRegions(regions: readonly string[]): PolicyDocument {
  return policy(
    deny({
      Sid: 'OutsideOurRegions',
      NotAction: ['cloudfront:*', 'iam:*', 'organizations:*', 'route53:*', 'sts:*', 'support:*'],
      Resource: '*',
      Condition: {
        StringNotEquals: { 'aws:RequestedRegion': [...regions] },
        ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/OrganizationAccountAccessRole' },
      },
    }),
  );
}

function protectBaseline(): PolicyDocument {
  return policy(
    deny({
      Sid: 'StayInTheOrganization',
      Action: ['organizations:LeaveOrganization', 'account:Close*'],
      Resource: '*',
    }),
    deny({
      Sid: 'RegistrySettings',
      Action: ['ecr:PutAccountSetting', 'ecr:PutRegistryPolicy', 'ecr:DeleteRegistryPolicy'],
      Resource: '*',
      Condition: {
        ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/platform/*', 'arn:aws:iam::*:role/aws-reserved/*'] },
      },
    }),
  );
}

function deletionByPipelines(): PolicyDocument {
  return policy(
    deny({
      Action: 'ecr:DeleteRepository',
      Resource: '*',
      Condition: { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/ci/*', 'arn:aws:iam::*:role/platform/*'] } },
    }),
  );
}

function deletionWithMfa(): PolicyDocument {
  return policy(
    deny({
      Action: ['ecr:BatchDeleteImage', 'ecr:DeleteRepository'],
      Resource: '*',
      Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    }),
  );
}

function encryptedTransport(): PolicyDocument {
  return policy(
    deny({ Action: ['ecr:*', 's3:*'], Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
  );
}

function noPolicyFromDevelopment(): PolicyDocument {
  return policy(
    deny({
      Action: ['ecr:SetRepositoryPolicy', 'ecr:PutReplicationConfiguration'],
      Resource: '*',
      Condition: { StringNotEqualsIfExists: { 'aws:PrincipalTag/team': ['team-1', 'team-2'] } },
    }),
  );
}

function sandboxWithoutSharing(organizationId: string): PolicyDocument {
  return policy(
    deny({ Action: ['ecr:SetRepositoryPolicy', 'ecr:PutReplicationConfiguration', 'ram:*'], Resource: '*' }),
    deny({
      Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:ResourceOrgID': organizationId } },
    }),
  );
}

function registryByPlatform(): PolicyDocument {
  return policy(
    deny({
      Action: ['ecr:DeleteRepository', 'ecr:DeleteRepositoryPolicy', 'ecr:SetRepositoryPolicy'],
      Resource: 'arn:aws:ecr:*:*:repository/golden/*',
      Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/platform/*' } },
    }),
  );
}

function perimeter({ organizationId, partnerAccountIds }: Scene): PolicyDocument {
  return policy(
    deny({
      Sid: 'OursAndPartners',
      Principal: '*',
      Action: 'ecr:*',
      Resource: '*',
      Condition: {
        StringNotEqualsIfExists: {
          'aws:PrincipalOrgID': organizationId,
          'aws:PrincipalAccount': [...partnerAccountIds],
        },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    }),
  );
}

function encryptedImages(): PolicyDocument {
  return policy(
    deny({
      Principal: '*',
      Action: 'ecr:*',
      Resource: '*',
      Condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } },
    }),
  );
}
