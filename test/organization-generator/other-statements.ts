import { allow } from '../sample-organization/documents.ts';
import type { Statement } from '../sample-organization/model.ts';
import { otherCondition } from './conditions.ts';
import { CONDITION_SHARES, SERVICES } from './ecr-statements.ts';
import type { Random } from './random.ts';
import type { Place } from './scene.ts';

/** A statement about anything but images: most statements of an account are. */
export function otherStatement(random: Random, place: Place, team: string): Statement {
  const { account } = place;
  const region = random.pick(account.regions);
  const thing = `${team}-${random.pick(SERVICES)}`;
  const [actions, resource] = random.pick<readonly [string[], string]>([
    [['s3:GetObject', 's3:PutObject', 's3:ListBucket'], `arn:aws:s3:::${thing}-${account.id}/*`],
    [['s3:Get*', 's3:List*'], `arn:aws:s3:::${thing}-artifacts`],
    [
      ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
      `arn:aws:dynamodb:${region}:${account.id}:table/${thing}*`,
    ],
    [['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:SendMessage'], `arn:aws:sqs:${region}:${account.id}:${thing}`],
    [['sns:Publish'], `arn:aws:sns:${region}:${account.id}:${thing}`],
    [['kms:Decrypt', 'kms:GenerateDataKey'], `arn:aws:kms:${region}:${account.id}:key/*`],
    [['secretsmanager:GetSecretValue'], `arn:aws:secretsmanager:${region}:${account.id}:secret:${team}/*`],
    [['ssm:GetParameter*'], `arn:aws:ssm:${region}:${account.id}:parameter/${team}/*`],
    [['logs:CreateLogStream', 'logs:PutLogEvents'], `arn:aws:logs:${region}:${account.id}:log-group:/${team}/*`],
    [['cloudwatch:PutMetricData', 'xray:PutTraceSegments'], '*'],
    [['iam:PassRole'], `arn:aws:iam::${account.id}:role/ecs/${team}-*`],
    [['ecs:Describe*', 'ecs:UpdateService'], `arn:aws:ecs:${region}:${account.id}:service/*/${thing}`],
    [['lambda:InvokeFunction'], `arn:aws:lambda:${region}:${account.id}:function:${thing}-*`],
    [['states:StartExecution'], `arn:aws:states:${region}:${account.id}:stateMachine:${thing}`],
    [['ec2:Describe*', 'elasticloadbalancing:Describe*'], '*'],
    [['sts:AssumeRole'], `arn:aws:iam::*:role/${team}/*`],
  ]);
  return allow({
    Action: actions.length === 1 ? (actions[0] ?? actions) : actions,
    Resource: resource,
    ...(random.chance(CONDITION_SHARES.other) ? { Condition: otherCondition(random, place) } : {}),
  });
}
