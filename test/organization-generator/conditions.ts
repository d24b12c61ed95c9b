import type { Statement } from '../sample-organization/model.ts';
import type { Random } from './random.ts';
import type { Place } from './scene.ts';

type Condition = NonNullable<Statement['Condition']>;

const ENVIRONMENTS = ['production', 'staging', 'development'];

/** A condition of the sort that people put on an Allow. */
export function allowingCondition(random: Random, place: Place, team: string): Condition {
  const { scene, account } = place;
  const kind = random.weighted({
    endpoint: 18,
    address: 9,
    secure: 8,
    mfa: 6,
    region: 9,
    resourceTag: 14,
    ownTag: 12,
    principalTag: 8,
    organization: 7,
    principalArn: 4,
    date: 2,
    twoKeys: 3,
  });
  switch (kind) {
    case 'endpoint':
      return { StringEquals: { 'aws:SourceVpce': random.some(account.vpcEndpoints, 1 + random.below(2)) } };
    case 'address':
      return { IpAddress: { 'aws:SourceIp': random.some(scene.offices, 1 + random.below(3)) } };
    case 'secure':
      return { Bool: { 'aws:SecureTransport': 'true' } };
    case 'mfa':
      return { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
    case 'region':
      return { StringEquals: { 'aws:RequestedRegion': random.some(account.regions, 1 + random.below(2)) } };
    case 'resourceTag':
      return random.chance(0.6)
        ? { StringEquals: { 'aws:ResourceTag/team': team } }
        : { StringEquals: { 'ecr:ResourceTag/env': random.some(ENVIRONMENTS, 1 + random.below(2)) } };
    case 'ownTag':
      return { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } };
    case 'principalTag':
      return { StringLike: { 'aws:PrincipalTag/env': random.pick(['prod*', 'staging', 'dev*']) } };
    case 'organization':
      return { StringEquals: { 'aws:PrincipalOrgID': scene.organizationId } };
    case 'principalArn':
      return { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${account.id}:role/*/${team}-*` } };
    case 'date':
      return { DateLessThan: { 'aws:CurrentTime': `20${27 + random.below(3)}-01-01T00:00:00Z` } };
    case 'twoKeys':
      return {
        StringEqualsIfExists: { 'aws:SourceVpce': random.pick(account.vpcEndpoints) },
        Bool: { 'aws:SecureTransport': 'true' },
      };
  }
}

/** A condition of the sort that people put on a Deny: it says when the Deny does not hold. */
export function denyingCondition(random: Random, place: Place, team: string): Condition {
  const { scene, account } = place;
  const kind = random.weighted({ network: 20, mfa: 14, secure: 14, region: 14, principalArn: 18, tag: 14, ownTag: 6 });
  switch (kind) {
    case 'network':
      return {
        NotIpAddressIfExists: { 'aws:SourceIp': random.some(scene.offices, 2) },
        StringNotEqualsIfExists: { 'aws:SourceVpce': random.some(account.vpcEndpoints, 2) },
        Bool: { 'aws:ViaAWSService': 'false' },
      };
    case 'mfa':
      return { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } };
    case 'secure':
      return { Bool: { 'aws:SecureTransport': 'false' } };
    case 'region':
      return { StringNotEquals: { 'aws:RequestedRegion': [...account.regions] } };
    case 'principalArn':
      return {
        ArnNotLike: { 'aws:PrincipalArn': [`arn:aws:iam::*:role/ci/${team}-*`, 'arn:aws:iam::*:role/platform/*'] },
      };
    case 'tag':
      return { StringEquals: { 'aws:ResourceTag/env': random.pick(ENVIRONMENTS) } };
    case 'ownTag':
      return { StringNotEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } };
  }
}

/** A condition on something that is not ECR. */
export function otherCondition(random: Random, place: Place): Condition {
  return random.pick<Condition>([
    { StringEquals: { 'aws:ResourceAccount': place.account.id } },
    { StringEquals: { 'kms:ViaService': `s3.${place.account.regions[0] ?? 'eu-west-1'}.amazonaws.com` } },
    { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    { StringLike: { 's3:prefix': ['incoming/*', 'outgoing/*'] } },
    { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:username}'] } },
    { StringEquals: { 'aws:SourceVpce': random.pick(place.account.vpcEndpoints) } },
    { Bool: { 'aws:SecureTransport': 'true' } },
  ]);
}
