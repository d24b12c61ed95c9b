import type { OrganizationPlan, PrincipalPlan } from './plan.ts';

const ROLE: PrincipalPlan = {
  name: 'ci',
  path: '/',
  generation: 1,
  tags: [],
  inline: [0],
  attached: [],
  boundary: null,
  groups: [],
};

/** One account with one role and one repository: some cells of every decision but `unknown`. */
export const SAMPLE_PLAN: OrganizationPlan = {
  identityDocuments: [
    {
      kind: 'statements',
      version: '2012-10-17',
      statements: [
        { Sid: 'Pull', Effect: 'Allow', Action: ['ecr:BatchGetImage', 'ecr:GetAuthorizationToken'], Resource: '*' },
        {
          Sid: 'Push',
          Effect: 'Allow',
          Action: 'ecr:PutImage',
          Resource: '*',
          Condition: {
            StringEquals: { 'aws:SourceVpce': ['vpce-1', 'vpce-2'] },
            Bool: { 'aws:SecureTransport': 'true' },
          },
        },
        { Sid: 'Never', Effect: 'Deny', Action: 'ecr:DeleteRepository', Resource: '*' },
      ],
    },
  ],
  resourceDocuments: [],
  accounts: [
    {
      users: [],
      roles: [ROLE],
      groups: [],
      managed: [],
      regions: [
        {
          name: 'eu-west-1',
          repositories: [{ name: 'app', policy: null, tags: [] }],
          furtherRepositories: 0,
          registryPolicy: null,
          scope: 'V2',
          missing: [],
        },
      ],
      isIamMissing: false,
    },
  ],
  tree: null,
  gaps: [],
};
