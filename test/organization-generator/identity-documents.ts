import { allow, deny, login, policy } from '../sample-organization/documents.ts';
import type { PolicyDocument, Statement } from '../sample-organization/model.ts';
import type { Purpose } from './actions.ts';
import { denyingCondition } from './conditions.ts';
import { ecrAllow, ecrDeny } from './ecr-statements.ts';
import { otherStatement } from './other-statements.ts';
import type { Random } from './random.ts';
import type { Place } from './scene.ts';

/** What an identity policy of a customer is for. */
export type DocumentPurpose = 'pull' | 'push' | 'operate' | 'mixed' | 'other' | 'ownTag' | 'guard' | 'boundary';

/** A document of an identity policy: a handful of statements, all for one team. */
export function identityDocument(random: Random, place: Place, team: string, purpose: DocumentPurpose): PolicyDocument {
  const statements = Array.from({ length: place.scene.statementFactor }, () =>
    statementsFor(random, place, team, purpose),
  );
  return policy(...withoutTwins(statements.flat()));
}

function statementsFor(random: Random, place: Place, team: string, purpose: DocumentPurpose): Statement[] {
  const ecr = (...purposes: readonly Purpose[]): Statement[] =>
    purposes.map((each) => ecrAllow(random, place, team, each));
  const other = (count: number): Statement[] =>
    Array.from({ length: count }, () => otherStatement(random, place, team));
  const denials = random.chance(0.1) ? [ecrDeny(random, place, team)] : [];
  switch (purpose) {
    case 'pull':
      return [login, ...ecr('pull'), ...(random.chance(0.3) ? ecr('look') : []), ...denials];
    case 'push':
      return [login, ...ecr('push'), ...(random.chance(0.4) ? ecr('pull') : []), ...other(random.below(3)), ...denials];
    case 'operate':
      return [
        ...ecr(random.pick(['administer', 'clean', 'scan', 'tag'])),
        ...ecr('look'),
        ...other(random.below(2)),
        ...denials,
      ];
    case 'mixed':
      return [login, ...ecr('pull'), ...other(1 + random.below(4)), ...denials];
    case 'other':
      return other(1 + random.below(5));
    case 'ownTag':
      return [login, ...ownTagStatements(random, place)];
    case 'guard':
      return [ecrDeny(random, place, team), ...(random.chance(0.5) ? [ecrDeny(random, place, team)] : [])];
    case 'boundary':
      return boundaryStatements(random, place, team);
  }
}

/** Attribute-based access: whoever and whatever carry the same tag belong together. */
function ownTagStatements(random: Random, { account }: Place): Statement[] {
  const Resource = `arn:aws:ecr:*:${account.id}:repository/*`;
  return [
    allow({
      Sid: 'OwnRepositories',
      Action: random.pick([
        ['ecr:*'],
        ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:PutImage', 'ecr:*Layer*'],
      ]),
      Resource,
      Condition: { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
    }),
    allow({ Sid: 'LookEverywhere', Action: ['ecr:Describe*', 'ecr:List*'], Resource }),
    ...(random.chance(0.5)
      ? [
          deny({
            Sid: 'ProductionStays',
            Action: ['ecr:BatchDeleteImage', 'ecr:DeleteRepository'],
            Resource,
            Condition: { StringEquals: { 'aws:ResourceTag/env': 'production' } },
          }),
        ]
      : []),
  ];
}

function boundaryStatements(random: Random, place: Place, team: string): Statement[] {
  const services = [
    'ecr:*',
    'ecs:*',
    'logs:*',
    's3:*',
    'sqs:*',
    'sns:*',
    'dynamodb:*',
    'kms:*',
    'ssm:*',
    'secretsmanager:*',
  ];
  const limits = random.weighted({ everything: 40, services: 40, repositories: 20 });
  const denied = deny({
    Sid: 'NotTheGuardrails',
    Action: random.pick([
      ['iam:*Boundary*', 'organizations:*'],
      ['ecr:SetRepositoryPolicy', 'ecr:PutRegistryPolicy', 'iam:Create*'],
    ]),
    Resource: '*',
    ...(random.chance(0.4) ? { Condition: denyingCondition(random, place, team) } : {}),
  });
  switch (limits) {
    case 'everything':
      return [allow({ Action: '*', Resource: '*' }), denied];
    case 'services':
      return [allow({ Sid: 'Services', Action: services, Resource: '*' }), denied];
    case 'repositories':
      return [
        allow({ Sid: 'Login', Action: ['ecr:GetAuthorizationToken', ...services.slice(1)], Resource: '*' }),
        allow({
          Sid: 'Images',
          Action: 'ecr:*',
          Resource: `arn:aws:ecr:*:*:repository/${random.pick([team, 'team-*', '*'])}/*`,
        }),
        denied,
      ];
  }
}

/** A Sid stands once in a document; a statement that is there twice stands once. */
function withoutTwins(statements: readonly Statement[]): Statement[] {
  const seen = new Set<string>();
  return statements
    .filter((statement, index) => statements.indexOf(statement) === index)
    .map((statement) => {
      const { Sid: sid, ...rest } = statement;
      if (sid === undefined || !seen.has(sid)) {
        seen.add(sid ?? '');
        return statement;
      }
      return rest;
    });
}
