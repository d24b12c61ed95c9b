import * as fc from 'fast-check';

import { ACCOUNTS } from '../vocabulary.ts';
import { conditionElement } from './condition.ts';
import { principalElement } from './principal-element.ts';
import { weighted } from './weighted.ts';

const BROAD_ACTIONS = ['*', 'ecr:*', 'ecr:*', 'ecr:Batch*', 'ecr:Get*', 'ecr:*Image*', 'ecr:*Layer*', '*:*'];
const NARROW_ACTIONS = [
  'ecr:GetAuthorizationToken',
  'ecr:BatchGetImage',
  'ecr:GetDownloadUrlForLayer',
  'ECR:putimage',
  'ecr:?utImage',
  'ecr:CreateRepository',
  'ecr:ReplicateImage',
  'ecr:BatchImportUpstreamImage',
  'ecr:TagResource',
  'ecr:UntagResource',
  'ecr:ListTagsForResource',
  'ecr:GetAccountSetting',
  'ecr:PutAccountSetting',
  'ecr:CreatePullThroughCacheRule',
  'ecr:*RepositoryCreationTemplate*',
  'ecr:SetRepositoryPolicy',
  'ecr:DeleteRepository',
];
const FOREIGN_ACTIONS = ['s3:*', 'ecr-public:*', 'e?r:PutImage', 'ecr:', 'ecr:NoSuchAction'];

const pattern = weighted(
  [8, fc.constantFrom(...BROAD_ACTIONS)],
  [5, fc.constantFrom(...NARROW_ACTIONS)],
  [1, fc.constantFrom(...FOREIGN_ACTIONS)],
);

const texts = (text: fc.Arbitrary<string>): fc.Arbitrary<unknown> =>
  weighted([3, text], [2, fc.array(text, { minLength: 1, maxLength: 3 })]);

const action: fc.Arbitrary<object> = weighted(
  [12, texts(pattern).map((Action) => ({ Action }))],
  [1, texts(fc.constantFrom(...NARROW_ACTIONS, 's3:*', 'ecr:Put*')).map((NotAction) => ({ NotAction }))],
);

const REPOSITORY_PATTERNS = [
  'arn:aws:ecr:*:*:repository/*',
  'arn:aws:ecr:*:*:repository/team/*',
  'arn:aws:ecr:*:*:repository/*app',
  'arn:aws:ecr:*:*:repository/app',
  `arn:aws:ecr:eu-west-1:${ACCOUNTS[0]}:repository/*`,
  `arn:aws:ecr:*:${ACCOUNTS[1]}:repository/?????`,
  `arn:aws:ecr:us-east-1:${ACCOUNTS[0]}:repository/core`,
];
const VARIABLE_PATTERNS = [
  'arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team}/*',
  'arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team}',
  'arn:aws:ecr:*:*:repository/*${aws:ResourceTag/team}',
  "arn:aws:ecr:*:*:repository/${aws:PrincipalTag/env, 'app'}*",
  'arn:aws:ecr:*:${aws:PrincipalAccount}:repository/*',
  'arn:aws:ecr:*:*:repository/${aws:SourceVpce}',
  'arn:aws:ecr:*:*:repository/team/${aws:SourceIdentity}',
  'arn:aws:ecr:*:*:repository/${aws:username}*',
  'arn:aws:ecr:*:*:repository/${aws:TagKeys}',
  'arn:aws:ecr:*:*:repository/${aws:RequestTag/team}*',
  'arn:aws:ecr:*:*:repository/${*}',
  'arn:aws:ecr:*:*:repository/team/a${?}p',
  '${aws:SourceVpce}',
  'arn:aws:ecr:*:${aws:PrincipalTag/team}',
];
const ODD_PATTERNS = [
  'arn:aws:ecr:*:repository/app',
  'arn:aws:ecr:*',
  'arn:*',
  'arn:aws:e?r:*:*:repository/*',
  'arn:aws:s3:::bucket/*',
  'arn:aws-cn:ecr:*:*:repository/*',
  '?',
  '',
  '**',
];

const resourcePattern = weighted(
  [6, fc.constant('*')],
  [8, fc.constantFrom(...REPOSITORY_PATTERNS)],
  [4, fc.constantFrom(...VARIABLE_PATTERNS)],
  [1, fc.constantFrom(...ODD_PATTERNS)],
);

const resource: fc.Arbitrary<object> = weighted(
  [6, fc.constant({ Resource: '*' })],
  [10, texts(resourcePattern).map((Resource) => ({ Resource }))],
  [1, texts(resourcePattern).map((NotResource) => ({ NotResource }))],
);

/** What is laid over a statement to break it. */
const breakage: fc.Arbitrary<object> = fc.constantFrom<object[]>(
  { Effect: 'allow' },
  { Effect: undefined },
  { Effect: 7 },
  { Comment: 'a stray element' },
  { Sid: 5 },
  { Action: undefined },
  { Action: 7 },
  { Action: 'ecr' },
  { Action: [] },
  { NotAction: 's3:*', Action: 'ecr:*' },
  { Resource: 7 },
  { Resource: [] },
  { Resource: 'arn:aws:ecr:*:*:repository/${aws:username' },
  { Resource: undefined },
  { Condition: 'x' },
  { Condition: { StringEquals: 'x' } },
  { Condition: { StringEquals: { '': 'x' } } },
  { Principal: undefined, NotPrincipal: undefined },
  { Principal: 'nobody' },
  { Principal: { AWS: 7 } },
  { Principal: '*' },
);

/** No statement at all. */
const NO_STATEMENTS: readonly unknown[] = [null, 'x', 7, []];

interface StatementOptions {
  readonly hasPrincipal: boolean;
  readonly deny: number;
}

const sid: fc.Arbitrary<object> = weighted(
  [2, fc.constant({})],
  [2, fc.constantFrom('Pull', 'Push', '', '0', '1', '@principal').map((Sid) => ({ Sid }))],
);

/** A statement as it stands in a document: usually well formed. */
export function statement({ hasPrincipal, deny }: StatementOptions): fc.Arbitrary<unknown> {
  const effect = weighted([10 - deny, fc.constant('Allow')], [deny, fc.constant('Deny')]);
  // Most resource policies leave the resource out.
  const about = hasPrincipal ? weighted([3, fc.constant({})], [2, resource]) : resource;
  const wellFormed = fc
    .record({
      sid,
      effect,
      principal: hasPrincipal ? principalElement : fc.constant({}),
      action,
      about,
      condition: weighted([2, fc.constant({})], [3, conditionElement.map((Condition) => ({ Condition }))]),
    })
    .map((parts) => ({
      ...parts.sid,
      Effect: parts.effect,
      ...withoutAllowedOthers(parts.principal, parts.effect),
      ...parts.action,
      ...parts.about,
      ...parts.condition,
    }));
  return weighted(
    [80, wellFormed],
    [3, fc.tuple(wellFormed, breakage).map(([whole, broken]) => ({ ...whole, ...broken }))],
    [1, fc.constantFrom(...NO_STATEMENTS)],
  );
}

/** NotPrincipal beside Allow is a problem of the statement, which only every fourth needs to have. */
function withoutAllowedOthers(principal: object, effect: string): object {
  const isProblem = 'NotPrincipal' in principal && effect === 'Allow';
  return isProblem && JSON.stringify(principal).length % 4 !== 0 ? { Principal: principal.NotPrincipal } : principal;
}
