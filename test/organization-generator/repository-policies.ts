import { allow, deny, policy, policyOf2008, pull, push, rootArn } from '../sample-organization/documents.ts';
import type { PolicyDocument, Statement } from '../sample-organization/model.ts';
import { allowingCondition, denyingCondition } from './conditions.ts';
import type { Random } from './random.ts';
import type { Place } from './scene.ts';

/** Whom a repository policy may name: ARNs of roles, by account. */
export type Grantees = ReadonlyMap<string, readonly string[]>;

const CONDITION_SHARE = 0.3;

/** What stands on a repository: mostly one or two statements, some of them in the old version of the language. */
export function repositoryPolicy(random: Random, place: Place, team: string, grantees: Grantees): PolicyDocument {
  const count = (1 + random.below(3)) * place.scene.statementFactor;
  const statements = Array.from({ length: count }, (_, index) => ({
    ...statementOf(random, place, team, grantees),
    Sid: `Statement${index + 1}`,
  }));
  return random.chance(0.3) ? policyOf2008(...statements) : policy(...statements);
}

function statementOf(random: Random, place: Place, team: string, grantees: Grantees): Statement {
  const { scene, account } = place;
  const others = scene.accounts.filter(({ id }) => id !== account.id);
  const condition = random.chance(CONDITION_SHARE) ? { Condition: allowingCondition(random, place, team) } : {};
  const own = grantees.get(account.id) ?? [];
  const kind = random.weighted({
    ownRoles: own.length === 0 ? 0 : 26,
    accounts: others.length === 0 ? 0 : 24,
    foreignRoles: others.length === 0 ? 0 : 12,
    organization: 10,
    ownAccount: 8,
    service: 8,
    partner: 2,
    denial: 10,
  });
  switch (kind) {
    case 'ownRoles': {
      const roles = random.chance(0.7) ? own.filter((arn) => arn.includes(`/${team}-`)) : own;
      return allow({
        Principal: { AWS: rolesFrom(random, roles.length === 0 ? own : roles) },
        Action: random.chance(0.5) ? [...push, ...pull.slice(1)] : pull,
        ...condition,
      });
    }
    case 'accounts': {
      const ids = random.some(others, 1 + random.below(3)).map(({ id }) => id);
      return allow({ Principal: { AWS: random.chance(0.7) ? ids.map(rootArn) : ids }, Action: pull, ...condition });
    }
    case 'foreignRoles': {
      const roles = random.some(others, 2).flatMap(({ id }) => grantees.get(id) ?? []);
      return allow({
        Principal: { AWS: roles.length === 0 ? rootArn(random.pick(others).id) : rolesFrom(random, roles) },
        Action: random.chance(0.25) ? [...push, ...pull.slice(1)] : pull,
        ...condition,
      });
    }
    case 'organization':
      return allow({
        Principal: random.chance(0.5) ? '*' : { AWS: '*' },
        Action: pull,
        Condition: { StringEquals: { 'aws:PrincipalOrgID': scene.organizationId } },
      });
    case 'ownAccount':
      return allow({
        Principal: { AWS: rootArn(account.id) },
        Action: random.chance(0.5) ? 'ecr:*' : [...push, 'ecr:DescribeImages', 'ecr:GetRepositoryPolicy'],
        ...condition,
      });
    case 'service':
      return allow({
        Principal: {
          Service: random.pick(['lambda.amazonaws.com', 'codebuild.amazonaws.com', 'sagemaker.amazonaws.com']),
        },
        Action: pull,
        Condition: {
          StringLike: { 'aws:SourceArn': `arn:aws:lambda:${account.regions[0] ?? '*'}:${account.id}:function:*` },
        },
      });
    case 'partner':
      return allow({ Principal: { AWS: rootArn(random.pick(scene.partnerAccountIds)) }, Action: pull, ...condition });
    case 'denial':
      return deny({
        Principal: '*',
        Action: random.pick([
          ['ecr:BatchDeleteImage', 'ecr:DeleteRepository'],
          ['ecr:PutImage'],
          ['ecr:SetRepositoryPolicy'],
        ]),
        ...(random.chance(0.75) ? { Condition: denyingCondition(random, place, team) } : {}),
      });
  }
}

function rolesFrom(random: Random, arns: readonly string[]): string | string[] {
  const chosen = Array.from({ length: 1 + random.below(3) }, () => random.pick(arns));
  const [first = ''] = chosen;
  return chosen.length === 1 ? first : [...new Set(chosen)];
}
