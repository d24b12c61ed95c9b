import { collectAccount } from '@ecr-audit/aws';
import { parsePolicyDocument } from '@ecr-audit/policy';
import { describe, expect, test } from 'vitest';

import { fixtureWindow, openFake, openSession, useEnvironment } from '../fake-aws/testing.ts';
import { importedOperations } from './called-operations.ts';
import { actionsOf, deployedRole, readTemplate, templateText } from './templates.ts';

const sampleDirectory = new URL('../../services/cli/sample-organization/2026-11-09', import.meta.url).pathname;

const auditor = deployedRole(templateText('auditor-role'));
const management = deployedRole(templateText('management-role'));

describe('the roles may call', () => {
  test('together exactly what the room of the SDK can call', () => {
    expect([...actionsOf(auditor), ...actionsOf(management)].toSorted()).toEqual(importedOperations());
  });

  test('AWS Organizations in one role, and everything else in the other', () => {
    expect(actionsOf(management).filter((action) => !action.startsWith('organizations:'))).toEqual([]);
    expect(actionsOf(auditor).filter((action) => action.startsWith('organizations:'))).toEqual([]);
  });

  test('what a full collection of an account calls', async () => {
    const fake = await openFake({ snapshotDir: sampleDirectory });
    for (const accountId of fake.accountIds) {
      useEnvironment(fake.environment(accountId));
      const session = await openSession({ regions: ['eu-west-1', 'us-east-1'] });
      await collectAccount(session, { takenAt: new Date('2026-11-09T06:00:00Z'), activityWindow: fixtureWindow });
    }
    expect(new Set(fake.calls().map((call) => call.account))).toEqual(new Set(fake.accountIds));
    const called = Object.keys(fake.callCounts()).filter((call) => call !== 'sts:GetCallerIdentity');
    expect(called.filter((call) => !actionsOf(auditor).includes(call))).toEqual([]);
    // The others are asked by schedules of their own, and where the regions are not given.
    expect(actionsOf(auditor).filter((action) => !called.includes(action))).toEqual([
      'account:ListRegions',
      'iam:GenerateServiceLastAccessedDetails',
      'iam:GetServiceLastAccessedDetails',
    ]);
  });
});

// It asks for a report and changes nothing; AWS lists it as a read.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
const readsByAnotherName = new Set(['iam:GenerateServiceLastAccessedDetails']);

describe.each([
  ['auditor-role', auditor],
  ['management-role', management],
] as const)('the role of %s.yaml is narrow', (name, role) => {
  const { Parameters: parameters } = readTemplate(templateText(name));

  test('every action is one call, and only reads', () => {
    const doubtful = actionsOf(role).filter(
      (action) =>
        !readsByAnotherName.has(action) &&
        !/^(iam|ecr|cloudtrail|account|organizations):(Get|List|Describe|Lookup)[A-Za-z]+$/.test(action),
    );
    expect(doubtful).toEqual([]);
    expect(actionsOf(role)).not.toContain('ecr:GetAuthorizationToken');
  });

  test('its policies are policy documents without a problem', () => {
    for (const { PolicyDocument } of role.Policies) {
      const parsed = parsePolicyDocument(PolicyDocument, 'identity');
      expect(parsed).toMatchObject({ kind: 'readable', value: { problems: [] } });
    }
  });

  test('it trusts one principal, and only with the external id', () => {
    expect(role.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Sid: 'CollectorWithExternalId',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::999900001111:role/ecr-audit-collector' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'an-external-id-of-a-test' } },
      },
    ]);
  });

  test.each<readonly [string, boolean]>([
    ['arn:aws:iam::111122223333:role/ecr-audit-collector', true],
    ['arn:aws-us-gov:iam::111122223333:user/path/auditor', true],
    ['arn:aws:iam::111122223333:root', false],
    ['111122223333', false],
    ['*', false],
  ])('it can be made to trust %s: %s', (principal, expected) => {
    const pattern = parameters['AuditorPrincipalArn']?.AllowedPattern ?? '';
    expect(new RegExp(pattern).test(principal)).toBe(expected);
  });

  test('it asks for an external id that is not there by default', () => {
    expect(parameters['ExternalId']).toMatchObject({ Type: 'String', NoEcho: true, MinLength: 16 });
    expect(parameters['ExternalId']).not.toHaveProperty('Default');
  });
});
