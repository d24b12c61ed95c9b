import { accountIds, organizationId, roleId } from '../identifiers.ts';
import type { Repository, Statement } from '../model.ts';
import { allow, deny, policy, policyOf2008, pull, push, roleArn, rootArn, userArn } from '../documents.ts';

const { customsBroker, production, registry, security, staging } = accountIds;

const inOurOrganization = { StringEquals: { 'aws:PrincipalOrgID': organizationId } };

const theOrganizationPulls: Statement = allow({
  Sid: 'TheOrganizationPulls',
  Principal: '*',
  Action: pull,
  Condition: inOurOrganization,
});

export const airflowWorkerArn = roleArn(production, 'teams/data/airflow-worker');

export function europeanRepositories(): Repository[] {
  return [...shared(), ...tracking(), ...routing(), ...payments(), ...mobile(), ...data(), ...partners()];
}

export function americanRepositories(): Repository[] {
  return [
    { name: 'base/node', policy: policy(theOrganizationPulls), tags: { Team: 'platform' } },
    { name: 'lambda/label-printer', tags: { Team: 'tracking' } },
    {
      name: 'payments/gateway',
      isMutable: false,
      tags: { Team: 'payments' },
      policy: policyOf2008(allow({ Sid: 'new statement', Principal: { AWS: production }, Action: pull })),
    },
    { name: 'routing/api', tags: { Team: 'routing' } },
    {
      name: 'tools/scanner',
      tags: { Team: 'security' },
      policy: policy(
        allow({ Principal: { AWS: [roleArn(security, 'audit/image-scanner')] }, Action: pull, Resource: '*' }),
      ),
    },
    {
      name: 'tracking/api',
      tags: { Team: 'tracking' },
      policy: policy(
        allow({ Sid: 'AccountsPull', Principal: { AWS: [rootArn(production), rootArn(staging)] }, Action: pull }),
      ),
    },
  ];
}

function shared(): Repository[] {
  return [
    { name: 'base/debian', policy: policy(theOrganizationPulls), tags: { Team: 'platform', Retention: 'keep' } },
    { name: 'base/java', policy: policy(theOrganizationPulls), tags: { Team: 'platform', Retention: 'keep' } },
    { name: 'base/node', policy: policy(theOrganizationPulls), tags: { Team: 'platform', Retention: 'keep' } },
    { name: 'base/python', policy: policyOf2008(theOrganizationPulls), tags: { Team: 'platform' } },
    { name: 'docker-hub/library/nginx', policy: policy(theOrganizationPulls) },
    { name: 'docker-hub/library/redis', policy: policy(theOrganizationPulls) },
    { name: 'platform/agent', tags: { Team: 'platform' } },
    {
      name: 'platform/ci-runner',
      tags: { Team: 'platform' },
      policy: policy(
        allow({
          Sid: 'CiPulls',
          Principal: { AWS: [roleArn(registry, 'ci/github-actions-preview'), userArn(registry, 'ci/jenkins')] },
          Action: pull,
          Resource: '*',
        }),
      ),
    },
    {
      // The user is named here, so its boundary, which admits base images only, does not hold the pull back.
      name: 'tools/kubectl',
      tags: { Team: 'platform' },
      policy: policy(
        allow({ Sid: 'NexusMirrors', Principal: { AWS: userArn(registry, 'ci/nexus-sync') }, Action: pull }),
      ),
    },
    {
      name: 'tools/scanner',
      tags: { Team: 'security' },
      policy: policy(
        allow({ Sid: 'ScannerPulls', Principal: { AWS: roleArn(security, 'audit/image-scanner') }, Action: pull }),
        allow({
          Sid: 'OldScannerPushes',
          Principal: { AWS: roleArn(security, 'audit/incident-response') },
          Action: push,
        }),
      ),
    },
  ];
}

function tracking(): Repository[] {
  return [
    {
      name: 'lambda/label-printer',
      tags: { Team: 'tracking' },
      policy: policy(
        allow({
          Sid: 'LambdaPulls',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: pull,
          Condition: { StringLike: { 'aws:SourceArn': `arn:aws:lambda:eu-west-1:${production}:function:*` } },
        }),
        allow({
          Sid: 'ProductionDeploys',
          Principal: { AWS: rootArn(production) },
          Action: [...pull, 'ecr:GetRepositoryPolicy'],
        }),
      ),
    },
    {
      name: 'tracking/api',
      tags: { Team: 'tracking' },
      policy: policy(
        allow({
          Sid: 'NodesPull',
          Principal: { AWS: [roleArn(production, 'eks/tracking-node'), roleArn(staging, 'eks/staging-node')] },
          Action: pull,
        }),
      ),
    },
    { name: 'tracking/ingest', tags: { Team: 'tracking' } },
    {
      name: 'tracking/worker',
      tags: { Team: 'tracking' },
      policy: policyOf2008(
        allow({ Sid: 'AllowPull', Principal: { AWS: [production, rootArn(staging)] }, Action: pull }),
      ),
    },
  ];
}

function routing(): Repository[] {
  return [
    {
      name: 'routing/api',
      tags: { Team: 'routing' },
      policy: policy(allow({ Sid: 'ProductionPulls', Principal: { AWS: rootArn(production) }, Action: pull })),
    },
    {
      name: 'routing/solver',
      tags: { Team: 'routing' },
      kmsKeyId: '0b9e4d71-6c25-4f3a-8d17-2e5a9c40f6b3',
      policy: policy(
        allow({ Sid: 'DiegoPublishes', Principal: { AWS: userArn(registry, 'diego.reyes') }, Action: push }),
        deny({
          Sid: 'NobodyDeletes',
          Principal: '*',
          Action: ['ecr:BatchDeleteImage', 'ecr:DeleteRepository'],
          Resource: '*',
        }),
      ),
    },
  ];
}

function payments(): Repository[] {
  const publisher = roleArn(registry, 'teams/payments-publisher');
  const publisherSession = `arn:aws:sts::${registry}:assumed-role/payments-publisher/release`;
  return [
    {
      name: 'payments/fraud-model',
      isMutable: false,
      tags: { Team: 'payments', Sensitivity: 'restricted' },
      policy: policy(
        allow({
          Sid: 'ThroughTheEndpoint',
          Principal: { AWS: roleArn(production, 'teams/payments/fraud-scorer') },
          Action: pull,
          Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-0c1d2e3f4a5b6c7d8' } },
        }),
      ),
    },
    {
      name: 'payments/gateway',
      isMutable: false,
      kmsKeyId: '0b9e4d71-6c25-4f3a-8d17-2e5a9c40f6b3',
      tags: { Team: 'payments', Sensitivity: 'restricted' },
      policy: policy(
        allow({
          Sid: 'GatewayPulls',
          Principal: {
            AWS: [roleArn(production, 'teams/payments/gateway-execution'), roleArn(production, 'eks/payments-node')],
          },
          Action: pull,
        }),
        deny({
          Sid: 'OnlyPaymentsPushes',
          NotPrincipal: { AWS: [publisher, publisherSession, rootArn(registry)] },
          Action: ['ecr:PutImage', 'ecr:BatchDeleteImage'],
        }),
        deny({
          Sid: 'NotInTheClear',
          Principal: '*',
          Action: 'ecr:*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      ),
    },
    {
      // One named session of the promoter is let in, not the role: its boundary does not limit what is said here.
      name: 'payments/ledger',
      isMutable: false,
      tags: { Team: 'payments', Sensitivity: 'restricted' },
      policy: policy(
        allow({
          Sid: 'NightlyPromotion',
          Principal: { AWS: `arn:aws:sts::${registry}:assumed-role/image-promoter/nightly` },
          Action: [...push, 'ecr:BatchDeleteImage'],
        }),
        allow({
          Sid: 'LedgerPulls',
          Principal: { AWS: roleArn(production, 'teams/payments/ledger-execution') },
          Action: pull,
        }),
      ),
    },
  ];
}

function mobile(): Repository[] {
  return [
    {
      // Written for the newer language, saved with the older one: the variable is plain text and matches nobody.
      name: 'mobile/bff',
      tags: { Team: 'mobile' },
      policy: policyOf2008(
        allow({
          Sid: 'TeamPulls',
          Principal: '*',
          Action: pull,
          Condition: { StringEquals: { 'aws:ResourceTag/Team': '${aws:PrincipalTag/Team}' } },
        }),
      ),
    },
    {
      name: 'mobile/notifier',
      tags: { Team: 'mobile' },
      policy: policyOf2008(
        allow({
          Sid: 'new statement',
          Principal: { AWS: rootArn(production) },
          Action: [...pull, 'ecr:BatchCheckLayerAvailability'],
        }),
      ),
    },
  ];
}

function data(): Repository[] {
  return [
    {
      name: 'data/airflow',
      tags: { Team: 'data' },
      policy: policy(allow({ Sid: 'WorkersPull', Principal: { AWS: airflowWorkerArn }, Action: pull })),
    },
    {
      name: 'data/notebooks',
      tags: { Team: 'data' },
      policy: policy(
        allow({
          Sid: 'DataRolesPull',
          Principal: '*',
          Action: pull,
          Condition: { ...inOurOrganization, ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/teams/data/*' } },
        }),
      ),
    },
    {
      // The role was deleted long ago; its unique id stayed, and a new role of the same name does not match it.
      name: 'data/spark',
      tags: { Team: 'data' },
      policy: policy(
        allow({
          Sid: 'EmrPulls',
          Principal: { AWS: [roleId(roleArn(production, 'teams/data/emr-cluster')), rootArn(staging)] },
          Action: pull,
        }),
      ),
    },
  ];
}

function partners(): Repository[] {
  return [
    {
      name: 'partner/customs-broker',
      tags: { Team: 'platform' },
      policy: policy(
        allow({
          Sid: 'BrokerPullsAndPushes',
          Principal: { AWS: rootArn(customsBroker) },
          Action: [...push, ...pull.slice(1)],
        }),
      ),
    },
    // Open to everyone for years: the organization's perimeter is all that keeps strangers out.
    {
      name: 'partner/label-viewer',
      tags: { Team: 'mobile' },
      policy: policy(allow({ Sid: 'EveryonePulls', Principal: { AWS: '*' }, Action: pull })),
    },
  ];
}
