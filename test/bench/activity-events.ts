/** A register that makes the same numbers in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const names = [
  'BatchGetImage',
  'BatchGetImage',
  'BatchGetImage',
  'GetAuthorizationToken',
  'BatchCheckLayerAvailability',
  'GetDownloadUrlForLayer',
  'GetDownloadUrlForLayer',
  'InitiateLayerUpload',
  'CompleteLayerUpload',
  'PutImage',
] as const;

const principals = 2000;
const repositories = 1000;
const startMs = Date.parse('2026-08-25T00:00:00Z');

/**
 * Texts of events as LookupEvents answers them, in the sizes that they have: 1 to 2 KB, one in a thousand a change with its
 * policy, one in two thousand with a manifest of 60 KB.
 */
export function* activityEvents(count: number): Generator<string> {
  const pick = numbers(1);
  for (let index = 0; index < count; index += 1) {
    const isChange = index % 1000 === 999;
    const name = isChange ? 'SetRepositoryPolicy' : (names[pick(names.length)] ?? 'BatchGetImage');
    yield JSON.stringify(recordOf(index, name, pick));
  }
}

function recordOf(index: number, name: string, pick: (below: number) => number): object {
  // A tenth of the principals makes half of the calls, and each works with a handful of repositories.
  const principal = pick(2) === 0 ? pick(principals / 10) : pick(principals);
  const repository = `team-${principal % 30}/service-${(principal * 7 + pick(4)) % repositories}`;
  const accountId = '111122223333';
  const roleId = `AROA${String(principal).padStart(17, '0')}`;
  const role = `arn:aws:iam::${accountId}:role/workloads/service-role-${principal}`;
  const eventTime = new Date(startMs + Math.floor((index * 7.7e9) / 1_000_000 / 1000) * 1000)
    .toISOString()
    .replace('.000', '');
  const hex = index.toString(16).padStart(12, '0');
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `${roleId}:i-0${hex}`,
      arn: `arn:aws:sts::${accountId}:assumed-role/service-role-${principal}/i-0${hex}`,
      accountId,
      accessKeyId: 'ASIAEXAMPLEEXAMPLE00',
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: roleId,
          arn: role,
          accountId,
          userName: `service-role-${principal}`,
        },
        attributes: { creationDate: eventTime, mfaAuthenticated: 'false' },
        ec2RoleDelivery: '2.0',
      },
    },
    eventTime,
    eventSource: 'ecr.amazonaws.com',
    eventName: name,
    awsRegion: 'eu-west-1',
    sourceIPAddress: `10.0.${pick(256)}.${pick(256)}`,
    userAgent:
      'docker/28.5.1 go/go1.26.2 git-commit/f8215cc kernel/6.12.0 os/linux arch/amd64 UpstreamClient(containerd)',
    requestParameters: requestOf(index, name, { accountId, repository }),
    responseElements: null,
    requestID: `11111111-0000-4000-9000-${hex}`,
    eventID: `00000000-0000-4000-8000-${hex}`,
    readOnly: name !== 'PutImage',
    resources: [
      {
        accountId,
        ARN: `arn:aws:ecr:eu-west-1:${accountId}:repository/${repository}`,
        type: 'AWS::ECR::Repository',
      },
    ],
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: 'api.ecr.eu-west-1.amazonaws.com',
    },
  };
}

function requestOf(
  index: number,
  name: string,
  { accountId, repository }: { readonly accountId: string; readonly repository: string },
): object {
  const request = { registryId: accountId, repositoryName: repository };
  switch (name) {
    case 'BatchGetImage':
      return {
        ...request,
        imageIds: [{ imageTag: `2026.11.${index % 28}` }],
        acceptedMediaTypes: [
          'application/vnd.oci.image.index.v1+json',
          'application/vnd.oci.image.manifest.v1+json',
          'application/vnd.docker.distribution.manifest.list.v2+json',
          'application/vnd.docker.distribution.manifest.v2+json',
        ],
      };
    case 'PutImage':
      return { ...request, imageTag: 'latest', imageManifest: 'm'.repeat(index % 2000 === 0 ? 60_000 : 1000) };
    case 'SetRepositoryPolicy':
      return {
        ...request,
        policyText: JSON.stringify({ Version: '2012-10-17', Statement: statements(6) }),
        force: false,
      };
    case 'GetAuthorizationToken':
      return {};
    default:
      return { ...request, layerDigest: `sha256:${'0'.repeat(64)}` };
  }
}

function statements(count: number): readonly object[] {
  return Array.from({ length: count }, (_, index) => ({
    Sid: `Statement${index}`,
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::44445555666${index}:root` },
    Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
  }));
}
