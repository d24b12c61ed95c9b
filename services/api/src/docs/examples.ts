import type { RequestExample } from './request-example.ts';

const target = 'organization:o-lk7parcel42';
const scan = '0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11';
const earlierScan = '5d2f6c0a-7c3b-4f0e-9a56-1f0e2d3c4b5a';
const exception = '4c1f7a52-9f2b-4d3e-8a61-0b7c5e2d9f10';
const fingerprint = '0b20b102a4b8fc3fa1fd0ec0941d3537adade74bfe55034f681a809713410168';
const registry = '333344445555';
const publisher = 'AROAR22ZGISIGH27B6UXB';
const publisherArn = 'arn:aws:iam::333344445555:role/platform/registry-admin';
// payments/fraud-model of the registry.
const repository = 17;
const fraudModel = 'arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model';
const managedPolicy = 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser';
const question = {
  principal: 'arn:aws:iam::333344445555:role/teams/routing-publisher',
  action: 'push',
  resource: fraudModel,
  context: { 'aws:SecureTransport': 'true' },
};

/** What parameters of these names may be, wherever nothing else is said. */
export const usualExamples: NonNullable<RequestExample['query']> = {
  limit: 2,
  target,
  accountId: registry,
  principalAccountId: registry,
  region: 'eu-west-1',
  namePrefix: 'payments/',
  repositoryNamePrefix: 'payments/',
  principalNamePrefix: 'ci/',
  principalName: 'ci/*',
  external: 'true',
  action: 'push',
  days: 90,
  at: '2026-11-10T06:00:00Z',
  from: earlierScan,
  to: scan,
  scan,
};

/** The request of each operation that its example makes. All of them can be answered about the sample organization. */
export const requestExamples: Readonly<Record<string, RequestExample>> = {
  getHealth: {},
  getReadiness: {},
  getOpenApiDocument: {},
  getDocumentation: {},
  listScans: { query: { status: 'completed', limit: 2 } },
  requestScan: { body: { target, accounts: [registry] } },
  getScan: { path: { id: scan } },
  getScanCoverage: { path: { id: scan }, query: { limit: 2 } },
  followScan: { path: { id: scan } },
  getScanDrift: { path: { id: scan }, query: { limit: 1 } },
  listOrganizations: {},
  listAccounts: { query: { limit: 2 } },
  listCoverage: { query: { accountId: registry, source: 'cloudtrail', limit: 2 } },
  listRepositories: { query: { name: 'payments/*', region: 'eu-west-1', limit: 2 } },
  getRepository: { path: { id: repository } },
  listRepositoryAccess: { path: { id: repository }, query: { action: 'push', limit: 2 } },
  listPrincipals: {
    query: { accountId: registry, kind: 'role', limit: 2 },
    others: { arn: publisherArn, name: 'ci/*' },
  },
  getPrincipal: { path: { id: publisher } },
  listPrincipalAccess: { path: { id: publisher }, query: { by: 'capability', limit: 2 } },
  listAccess: {
    query: { capability: 'push', repository: 'payments/*', principalType: 'role', unusedSince: '30d', limit: 2 },
    others: { action: 'ecr:PutImage', principal: publisherArn },
  },
  listActivity: {
    query: { action: 'ecr:PutImage', usedSince: '90d', limit: 2 },
    others: { repository: 'payments/fraud-model', principal: publisher, notUsedSince: '2026-11-16T06:00:00Z' },
  },
  compareScans: {
    query: { kind: 'granted', capability: 'push', limit: 1 },
    others: { principal: 'arn:aws:iam::333344445555:role/teams/routing-publisher', repository: 'payments/*' },
  },
  listDifferences: { query: { accountId: registry, concernsEcr: 'true', limit: 2 } },
  reportOverPermission: {
    query: { finding: 'neverPushes', limit: 1 },
    others: { production: 'tracking/*,payments/*' },
  },
  listPoliciesInVain: { query: { kind: 'idle', limit: 1 } },
  suggestPolicy: {
    query: { principal: 'arn:aws:iam::333344445555:role/ci/github-actions-publish' },
    others: { repository: fraudModel },
  },
  listPolicies: { query: { by: 'push', limit: 1 }, others: { name: '*Publish*', arn: managedPolicy } },
  listSeries: { query: { measure: 'push', from: '90d', limit: 2 }, others: { until: '2026-11-20T00:00:00Z' } },
  listRules: { query: { severity: 'critical', limit: 2 } },
  listFindings: {
    query: { status: 'active', severity: 'high', limit: 1 },
    others: { ruleId: 'ECR-PUB-PUSH', resource: 'payments/', principalId: publisher, since: '2026-11-16T06:00:00Z' },
  },
  getFinding: { path: { fingerprint } },
  acknowledgeFinding: { path: { fingerprint }, body: { by: 'ines.duarte' } },
  listAlerts: { query: { state: 'delivered', limit: 1 } },
  retryAlert: { path: { id: 1 } },
  listAuditLog: {
    query: { actor: 'dashboard', kind: 'change', limit: 1 },
    others: { requestId: '9a1b8c7d-6e5f-4a3b-8c2d-1e0f9a8b7c6d', until: '2026-11-20T00:00:00Z' },
  },
  listExceptions: { query: { state: 'all', limit: 2 } },
  addException: {
    body: { fingerprint, reason: 'The partner pulls until the contract ends.', until: '2099-03-31T00:00:00Z' },
  },
  withdrawException: { path: { id: exception } },
  listBaselines: { query: { history: 'true' } },
  approveBaseline: { body: { scan, accountId: registry, reason: 'State of the audit in November.' } },
  explain: { body: { ...question, scan } },
  rehearse: { body: { changes: [{ change: 'deleteRepositoryPolicy', repository: fraudModel }], scan, days: 30 } },
};
