import { ACCOUNTS, ORGANIZATION, ROOT, STRANGER } from '../vocabulary.ts';

type Family = 'string' | 'arn' | 'bool' | 'ip' | 'numeric' | 'date' | 'binary';

/** What suits a key of each kind. */
export const OPERATORS: Readonly<Record<Family, readonly string[]>> = {
  string: [
    'StringEquals',
    'StringNotEquals',
    'StringLike',
    'StringNotLike',
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
  ],
  arn: ['ArnLike', 'ArnEquals', 'ArnNotLike', 'ArnNotEquals', 'StringLike', 'StringEquals'],
  bool: ['Bool', 'StringEquals'],
  ip: ['IpAddress', 'NotIpAddress'],
  numeric: [
    'NumericLessThan',
    'NumericEquals',
    'NumericNotEquals',
    'NumericLessThanEquals',
    'NumericGreaterThan',
    'NumericGreaterThanEquals',
  ],
  date: [
    'DateLessThan',
    'DateEquals',
    'DateNotEquals',
    'DateLessThanEquals',
    'DateGreaterThan',
    'DateGreaterThanEquals',
  ],
  binary: ['BinaryEquals'],
};

/** A condition key with what policies compare it with. `weight` is how often it is taken. */
export interface KeyPlan {
  readonly key: string;
  readonly family: Family;
  readonly values: readonly string[];
  readonly weight: number;
  readonly isList?: boolean;
}

const TAGS = ['app', '${aws:ResourceTag/team}', 'core', '${aws:PrincipalTag/team}', 'a*', '${*}', ''];
const ARNS = [
  `arn:aws:iam::${ACCOUNTS[0]}:role/ci`,
  `arn:aws:iam::${ACCOUNTS[0]}:role/*`,
  'arn:aws:iam::*:role/team/*',
  'arn:aws:iam::*:role/deploy',
  'arn:aws:iam::*:role/c*',
  '*ci',
  `arn:aws:iam::${ACCOUNTS[1]}:user/alice`,
  `arn:aws:iam::${ACCOUNTS[0]}:user/\${aws:username}`,
  'arn:aws:iam::*:root',
  '*',
];
const ORGANIZATION_PATHS = [
  `${ORGANIZATION}/*`,
  `${ORGANIZATION}/${ROOT}/ou-1/*`,
  `${ORGANIZATION}/${ROOT}/`,
  'o-other/*',
];
const ACCOUNT_IDS = [ACCOUNTS[0], ACCOUNTS[1], STRANGER];

/** Keys that are known, absent, unknown, unread, or known for some actions alone. */
export const CONDITION_KEYS: readonly KeyPlan[] = [
  { key: 'aws:SourceVpce', family: 'string', values: ['vpce-1', 'vpce-2', 'vpce-*'], weight: 40 },
  { key: 'aws:PrincipalTag/team', family: 'string', values: [...TAGS, '${aws:SourceVpce}'], weight: 14 },
  { key: 'aws:ResourceTag/team', family: 'string', values: TAGS, weight: 12 },
  { key: 'aws:SourceIp', family: 'ip', values: ['10.0.0.0/8', '10.1.2.3', '2001:db8::/32', '10.1.0.0/16'], weight: 20 },
  { key: 'aws:PrincipalOrgID', family: 'string', values: [ORGANIZATION, 'o-other', 'o-*'], weight: 4 },
  { key: 'aws:PrincipalArn', family: 'arn', values: ARNS, weight: 26 },
  { key: 'aws:PrincipalOrgPaths', family: 'string', values: ORGANIZATION_PATHS, weight: 3, isList: true },
  { key: 'aws:TagKeys', family: 'string', values: ['team', 'env', 't*'], weight: 3, isList: true },
  { key: 'aws:RequestTag/team', family: 'string', values: TAGS, weight: 2 },
  { key: 'ecr:ResourceTag/env', family: 'string', values: TAGS, weight: 3 },
  { key: 'ecr:ResourceTag/TEAM', family: 'string', values: TAGS, weight: 2 },
  { key: 'aws:PrincipalTag/Team', family: 'string', values: TAGS, weight: 2 },
  { key: 'ecr:AccountSetting', family: 'string', values: ['REGISTRY_POLICY_SCOPE', 'BASIC*'], weight: 2 },
  { key: 'aws:SecureTransport', family: 'bool', values: ['true', 'false'], weight: 12 },
  { key: 'aws:MultiFactorAuthPresent', family: 'bool', values: ['true', 'false'], weight: 2 },
  { key: 'aws:MultiFactorAuthAge', family: 'numeric', values: ['3600', '60', '1e3'], weight: 2 },
  { key: 'aws:CurrentTime', family: 'date', values: ['2026-12-31T00:00:00Z', '2020-01-01', '1767225600'], weight: 2 },
  { key: 'aws:PrincipalAccount', family: 'string', values: ACCOUNT_IDS, weight: 3 },
  { key: 'aws:ResourceAccount', family: 'string', values: [...ACCOUNT_IDS, '${aws:PrincipalAccount}'], weight: 3 },
  { key: 'aws:ResourceOrgID', family: 'string', values: [ORGANIZATION, '${aws:PrincipalOrgID}'], weight: 2 },
  { key: 'aws:ResourceOrgPaths', family: 'string', values: ORGANIZATION_PATHS, weight: 1, isList: true },
  { key: 'aws:RequestedRegion', family: 'string', values: ['eu-west-1', 'us-*'], weight: 3 },
  { key: 'aws:PrincipalType', family: 'string', values: ['User', 'AssumedRole', 'Account'], weight: 2 },
  { key: 'aws:PrincipalIsAWSService', family: 'bool', values: ['true', 'false'], weight: 3 },
  { key: 'aws:PrincipalServiceName', family: 'string', values: ['lambda.amazonaws.com'], weight: 1 },
  { key: 'aws:PrincipalServiceNamesList', family: 'string', values: ['lambda.*'], weight: 1, isList: true },
  { key: 'aws:username', family: 'string', values: ['alice', 'b*', '${aws:username}'], weight: 2 },
  { key: 'aws:userid', family: 'string', values: ['AROACI111GEN1:*', 'AIDA*', '*:nightly', 'AROACI*'], weight: 2 },
  { key: 'aws:SourceArn', family: 'arn', values: [`arn:aws:lambda:*:${ACCOUNTS[0]}:function:*`], weight: 1 },
  { key: 'aws:SourceAccount', family: 'string', values: [ACCOUNTS[0], '${aws:ResourceAccount}'], weight: 1 },
  { key: 'aws:CalledVia', family: 'string', values: ['athena.amazonaws.com'], weight: 1, isList: true },
  { key: 'made:Up', family: 'binary', values: ['YWJj', 'YQ=='], weight: 1 },
];
