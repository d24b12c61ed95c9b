import { readdirSync, readFileSync } from 'node:fs';

import { collectAccount } from '@ecr-audit/aws';
import { parsePolicyDocument } from '@ecr-audit/policy';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

import { fixtureWindow, openFake, openSession, useEnvironment } from '../fake-aws/testing.ts';

const templateFile = new URL('../../infra/cloudformation/auditor-role.yaml', import.meta.url);
const awsSources = new URL('../../packages/aws/src/', import.meta.url);
const sampleDirectory = new URL('../../services/cli/sample-organization/2026-11-09', import.meta.url).pathname;

const statementSchema = z.object({
  Effect: z.literal('Allow'),
  Action: z.array(z.string()),
  Resource: z.union([z.literal('*'), z.object({ 'Fn::Sub': z.string() })]),
});

const template = z
  .object({
    Parameters: z.object({ AuditorPrincipalArn: z.object({ AllowedPattern: z.string() }), ExternalId: z.unknown() }),
    Resources: z.object({
      AuditorRole: z.object({
        Type: z.literal('AWS::IAM::Role'),
        Properties: z.object({
          AssumeRolePolicyDocument: z.object({ Version: z.string(), Statement: z.array(z.unknown()) }),
          Policies: z.array(
            z.object({ PolicyDocument: z.object({ Version: z.string(), Statement: z.array(statementSchema) }) }),
          ),
        }),
      }),
    }),
  })
  .parse(parse(readFileSync(templateFile, 'utf8')));

const role = template.Resources.AuditorRole.Properties;
const statements = role.Policies.flatMap((policy) => policy.PolicyDocument.Statement);
const allowed = statements.flatMap((statement) => statement.Action).toSorted();

// AWS answers it to everybody, whatever the policies say.
const NEEDS_NO_PERMISSION = new Set(['sts:GetCallerIdentity']);

describe('the auditor role may call', () => {
  test('exactly what a full collection of the sample organization calls', async () => {
    const fake = await openFake({ snapshotDir: sampleDirectory });
    for (const accountId of fake.accountIds) {
      useEnvironment(fake.environment(accountId));
      const session = await openSession({ regions: ['eu-west-1', 'us-east-1'] });
      await collectAccount(session, { takenAt: new Date('2026-11-09T06:00:00Z'), activityWindow: fixtureWindow });
    }
    expect(new Set(fake.calls().map((call) => call.account))).toEqual(new Set(fake.accountIds));
    const called = Object.keys(fake.callCounts()).filter((call) => !NEEDS_NO_PERMISSION.has(call));
    expect(called.toSorted()).toEqual(allowed);
  });

  test('exactly the commands and paginators that the room of the SDK imports', () => {
    const imported = readdirSync(awsSources)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .flatMap((name) => importedOperations(readFileSync(new URL(name, awsSources), 'utf8')))
      .filter((call) => !NEEDS_NO_PERMISSION.has(call));
    expect([...new Set(imported)].toSorted()).toEqual(allowed);
  });
});

/** `ecr:GetRegistryPolicy` for `GetRegistryPolicyCommand` and for `paginateGetRegistryPolicy`. */
function importedOperations(source: string): string[] {
  return [...source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-(\w+)'/g)].flatMap(([, names = '', service]) =>
    [...names.matchAll(/\b(?:paginate(\w+)|(\w+)Command)\b/g)].map(
      ([, paged, single]) => `${service}:${paged ?? single ?? ''}`,
    ),
  );
}

describe('the auditor role is narrow', () => {
  test('every action is one call, and only reads', () => {
    expect(
      allowed.filter((action) => !/^(iam|ecr|cloudtrail):(Get|List|Describe|Lookup)[A-Za-z]+$/.test(action)),
    ).toEqual([]);
    expect(allowed).not.toContain('ecr:GetAuthorizationToken');
    expect(new Set(allowed).size).toBe(allowed.length);
  });

  test('its policies are policy documents without a problem', () => {
    const resolved = role.Policies.map(({ PolicyDocument }) => ({
      ...PolicyDocument,
      Statement: PolicyDocument.Statement.map((statement) => ({
        ...statement,
        Resource:
          statement.Resource === '*'
            ? '*'
            : statement.Resource['Fn::Sub']
                .replaceAll('${AWS::Partition}', 'aws')
                .replaceAll('${AWS::AccountId}', '111122223333'),
      })),
    }));
    for (const document of resolved) {
      expect(parsePolicyDocument(document, 'identity')).toMatchObject({ kind: 'readable', value: { problems: [] } });
    }
  });

  test('it trusts one principal, and only with the external id', () => {
    expect(role.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Sid: 'CollectorWithExternalId',
        Effect: 'Allow',
        Principal: { AWS: { Ref: 'AuditorPrincipalArn' } },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } } },
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
    expect(new RegExp(template.Parameters.AuditorPrincipalArn.AllowedPattern).test(principal)).toBe(expected);
  });

  test('it asks for an external id that is not there by default', () => {
    expect(template.Parameters.ExternalId).toMatchObject({ Type: 'String', NoEcho: true, MinLength: 16 });
    expect(template.Parameters.ExternalId).not.toHaveProperty('Default');
  });
});
