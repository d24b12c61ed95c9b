import { awsManagedPolicies as sampled } from '../sample-organization/aws-managed-policies.ts';
import { allow, policy } from '../sample-organization/documents.ts';

/** A policy of AWS's own, as much of it as is printed. */
export interface AwsPolicy {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  readonly document: unknown;
}

/** Policies that have nothing to do with images, by name, with the service that each is about. */
const UNRELATED: Readonly<Record<string, string>> = {
  AmazonS3ReadOnlyAccess: 's3',
  AmazonS3FullAccess: 's3',
  AmazonDynamoDBFullAccess: 'dynamodb',
  AmazonDynamoDBReadOnlyAccess: 'dynamodb',
  AmazonSQSFullAccess: 'sqs',
  AmazonSQSReadOnlyAccess: 'sqs',
  AmazonSNSFullAccess: 'sns',
  AmazonRDSReadOnlyAccess: 'rds',
  AmazonRDSDataFullAccess: 'rds-data',
  AmazonKinesisFullAccess: 'kinesis',
  AmazonEventBridgeFullAccess: 'events',
  AmazonAthenaFullAccess: 'athena',
  AmazonSSMReadOnlyAccess: 'ssm',
  AmazonEC2ReadOnlyAccess: 'ec2',
  AmazonVPCReadOnlyAccess: 'ec2',
  AmazonRoute53ReadOnlyAccess: 'route53',
  AmazonElastiCacheReadOnlyAccess: 'elasticache',
  AmazonSESFullAccess: 'ses',
  AWSXRayDaemonWriteAccess: 'xray',
  AWSStepFunctionsFullAccess: 'states',
  AWSGlueConsoleFullAccess: 'glue',
  CloudWatchAgentServerPolicy: 'cloudwatch',
  CloudWatchLogsReadOnlyAccess: 'logs',
  SecretsManagerReadWrite: 'secretsmanager',
};

/** All of them by name: what the sample organization has, with AWS's true documents, and plain ones about other services. */
export const awsPolicies: ReadonlyMap<string, AwsPolicy> = new Map([
  ...[...sampled.values()].map((each): [string, AwsPolicy] => [
    each.PolicyName,
    { name: each.PolicyName, arn: each.Arn, path: each.Path, document: each.Document },
  ]),
  ...Object.entries(UNRELATED).map(([name, service]): [string, AwsPolicy] => [
    name,
    { name, arn: `arn:aws:iam::aws:policy/${name}`, path: '/', document: serviceDocument(name, service) },
  ]),
]);

export const unrelatedAwsPolicies: readonly string[] = [
  ...Object.keys(UNRELATED),
  'AWSLambdaBasicExecutionRole',
  'AmazonSSMManagedInstanceCore',
  'AWSLambda_FullAccess',
  'IAMUserChangePassword',
];

function serviceDocument(name: string, service: string): unknown {
  const actions = name.includes('Read') && !name.endsWith('Write') ? ['Get*', 'List*', 'Describe*'] : ['*'];
  return policy(
    allow({ Action: actions.map((action) => `${service}:${action}`), Resource: '*' }),
    allow({ Action: ['cloudwatch:GetMetricData', 'tag:GetResources'], Resource: '*' }),
  );
}
