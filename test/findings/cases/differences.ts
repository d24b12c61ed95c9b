import { expectText } from '../expect-text.ts';
import type { RuleCases } from '../rule-case.ts';
import { A, MEMBER, repositoryArn, roleArn, rootOf, type Scene, type Statement, UNIT } from '../scene.ts';

const token: Statement = { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' };
const rights = (Action: unknown, more: Partial<Statement> = {}): Statement => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});
const push = rights([
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:CompleteLayerUpload',
  'ecr:InitiateLayerUpload',
  'ecr:PutImage',
  'ecr:UploadLayerPart',
]);
const pull = rights(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']);
const withRole = (...statements: readonly Statement[]): Scene => ({
  roles: [{ name: 'deploy', id: 'AROADEPLOYEXAMPLE0001', statements: [token, ...statements] }],
});
const deny = (Action: unknown, more: Partial<Statement> = {}): Statement => ({
  ...rights(Action, more),
  Effect: 'Deny',
});
const inApp = (...statements: readonly Statement[]): Scene => ({
  repositories: { 'prod/app': statements.map((statement) => withoutResource(statement)) },
});
/** The policy of a repository is about that. */
function withoutResource({ Effect, Principal, Action, Condition }: Statement): Statement {
  return { Effect, Principal, Action, ...(Condition === undefined ? {} : { Condition }) };
}

const everybody = { Principal: '*' };
const guard = (statements: readonly Statement[], target = 'r-abcd'): Scene => ({
  scps: { Guard: { target, statements } },
});
const through = (vpce: string): Partial<Statement> => ({ Condition: { StringEquals: { 'aws:SourceVpce': vpce } } });
const unreadBefore: Scene = { ...withRole(push), repositories: { 'prod/app': 'unread' } };
const AWS_POLICY = 'arn:aws:iam::aws:policy/service-role/AWSBuilds';
const withAws = (...statements: readonly Statement[]): Scene => ({
  roles: [{ name: 'build', id: 'AROABUILDEXAMPLE00001', attached: [AWS_POLICY] }],
  managed: { [AWS_POLICY]: statements },
});

export const differenceCases: readonly RuleCases[] = [
  {
    rule: 'ECR-NEW-PUSH',
    finds: [
      {
        title: 'a role may push that could not',
        scene: withRole(push),
        before: withRole(),
        expected: [{ severity: 'high', resource: roleArn('deploy'), what: expectText('#inline:rights'), doubts: [] }],
      },
      {
        title: 'a repository is new, as one matter, one level lower',
        scene: { ...withRole(push), repositories: { 'prod/app': null, 'prod/new': null } },
        before: withRole(push),
        expected: [{ severity: 'medium', resource: repositoryArn('prod/new') }],
      },
    ],
    ignores: [
      { title: 'it could before', scene: withRole(push), before: withRole(push) },
      { title: 'it can no more', scene: withRole(), before: withRole(push) },
      { title: 'the policy of the repository was refused, now and before', scene: unreadBefore, before: unreadBefore },
    ],
  },
  {
    rule: 'ECR-NEW-PULL',
    finds: [
      {
        title: 'a role may pull what is secret',
        scene: withRole(pull),
        before: withRole(),
        expected: [{ severity: 'medium', resource: roleArn('deploy') }],
      },
    ],
    ignores: [
      {
        title: 'the repository is not sensitive',
        scene: { ...withRole(pull), repositories: { tools: null } },
        before: { ...withRole(), repositories: { tools: null } },
      },
    ],
  },
  {
    rule: 'ECR-NEW-DELETE',
    finds: [
      {
        title: 'a role may delete images',
        scene: withRole(rights('ecr:BatchDeleteImage')),
        before: withRole(),
        expected: [{ severity: 'high' }],
      },
    ],
    ignores: [{ title: 'it may pull', scene: withRole(pull), before: withRole() }],
  },
  {
    rule: 'ECR-DENY-REMOVED',
    finds: [
      {
        title: 'the policy of a repository lost a Deny',
        scene: inApp(),
        before: inApp(deny('ecr:BatchDeleteImage', everybody)),
        expected: [{ severity: 'high', resource: repositoryArn('prod/app'), title: expectText('BatchDeleteImage') }],
      },
      {
        title: 'a Deny denies less',
        scene: inApp(deny('ecr:DeleteRepository', everybody)),
        before: inApp(deny(['ecr:BatchDeleteImage', 'ecr:DeleteRepository'], everybody)),
        expected: [{ resource: repositoryArn('prod/app') }],
      },
      {
        title: 'a Deny has a condition now',
        scene: withRole(push, deny('ecr:DeleteRepository', through('vpce-1'))),
        before: withRole(push, deny('ecr:DeleteRepository')),
        expected: [{ resource: `${roleArn('deploy')}#inline:rights`, what: expectText('deploy') }],
      },
    ],
    ignores: [
      {
        title: 'a Deny denies more',
        scene: inApp(deny('ecr:*', everybody)),
        before: inApp(deny('ecr:BatchDeleteImage', { ...everybody, ...through('vpce-1') })),
      },
      {
        title: 'AWS writes it in another form',
        scene: inApp(deny(['ecr:DeleteRepository', 'ecr:BatchDeleteImage'], { Principal: { AWS: rootOf(MEMBER) } })),
        before: inApp(deny(['ecr:BatchDeleteImage', 'ecr:DeleteRepository'], { Principal: { AWS: MEMBER } })),
      },
      {
        title: 'the policy was refused',
        scene: { repositories: { 'prod/app': 'unread' } },
        before: inApp(deny('ecr:*', everybody)),
      },
    ],
  },
  {
    rule: 'ECR-COND-REMOVED',
    finds: [
      {
        title: 'the endpoint is asked for no more',
        scene: withRole(push),
        before: withRole({ ...push, ...through('vpce-1') }),
        expected: [{ severity: 'high', title: expectText('vpce-1') }],
      },
    ],
    ignores: [
      {
        title: 'an endpoint is asked for now',
        scene: withRole({ ...push, ...through('vpce-1') }),
        before: withRole(push),
      },
    ],
  },
  {
    rule: 'ECR-SCP-WEAK',
    finds: [
      {
        title: 'an SCP denies no more',
        scene: {},
        before: guard([deny('ecr:DeleteRepository')]),
        expected: [{ severity: 'critical', resource: 'Guard', accountId: A }],
      },
    ],
    ignores: [
      {
        title: 'it stands at another level',
        scene: guard([deny('ecr:DeleteRepository')], UNIT),
        before: guard([deny('ecr:DeleteRepository')]),
      },
      { title: 'it was about another service', scene: {}, before: guard([deny('s3:*')]) },
      { title: 'the organization was not read', scene: { hasOrganization: false }, before: guard([deny('ecr:*')]) },
    ],
  },
  {
    rule: 'ECR-MANAGED-DRIFT',
    finds: [
      {
        title: 'AWS gives a role push',
        scene: withAws(token, push),
        before: withAws(token, pull),
        expected: [{ severity: 'medium', resource: AWS_POLICY, title: expectText('gained') }],
      },
    ],
    ignores: [
      {
        title: 'AWS changed what it says of another service',
        scene: withAws(pull, rights('s3:*')),
        before: withAws(pull),
      },
      { title: 'a policy of ours changed', scene: withRole(push), before: withRole(pull) },
    ],
  },
];
