import { readFileSync } from 'node:fs';

import { parse } from 'yaml';
import { z } from 'zod';

const directory = new URL('../../infra/cloudformation/', import.meta.url);

export const templateNames = ['auditor-role', 'auditor-role-stackset', 'management-role'] as const;
export type TemplateName = (typeof templateNames)[number];

/** What stands for the parameters and pseudo parameters of a template once it is deployed. */
const deployed: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::AccountId': '111122223333',
  'AWS::Region': 'eu-west-1',
  AuditorPrincipalArn: 'arn:aws:iam::999900001111:role/ecr-audit-collector',
  ExternalId: 'an-external-id-of-a-test',
  RoleName: 'ecr-audit',
};

export function templateFile(name: TemplateName): string {
  return new URL(`${name}.yaml`, directory).pathname;
}

export function templateText(name: TemplateName): string {
  return readFileSync(templateFile(name), 'utf8');
}

const parameter = z.strictObject({
  Type: z.enum(['String', 'CommaDelimitedList']),
  Description: z.string().min(1),
  Default: z.string().optional(),
  AllowedPattern: z.string().optional(),
  AllowedValues: z.array(z.string()).optional(),
  ConstraintDescription: z.string().optional(),
  NoEcho: z.boolean().optional(),
  MinLength: z.number().optional(),
  MaxLength: z.number().optional(),
});

const templateSchema = z.strictObject({
  AWSTemplateFormatVersion: z.literal('2010-09-09'),
  Description: z.string().max(1024),
  Parameters: z.record(z.string(), parameter),
  Resources: z.record(z.string(), z.strictObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()) })),
  Outputs: z.record(z.string(), z.strictObject({ Description: z.string(), Value: z.unknown() })),
});

export function readTemplate(text: string): z.infer<typeof templateSchema> {
  return templateSchema.parse(parse(text));
}

const statementSchema = z.strictObject({
  Sid: z.string(),
  Effect: z.literal('Allow'),
  Action: z.array(z.string()),
  Resource: z.string(),
});

const roleSchema = z.strictObject({
  RoleName: z.string(),
  Description: z.string(),
  MaxSessionDuration: z.literal(3600),
  AssumeRolePolicyDocument: z.strictObject({
    Version: z.literal('2012-10-17'),
    Statement: z.array(z.record(z.string(), z.unknown())),
  }),
  Policies: z.array(
    z.strictObject({
      PolicyName: z.string(),
      PolicyDocument: z.strictObject({ Version: z.literal('2012-10-17'), Statement: z.array(statementSchema) }),
    }),
  ),
});

/** The only resource of a template, an IAM role, as it stands in the account after deployment. */
export function deployedRole(text: string): z.infer<typeof roleSchema> {
  const resources = Object.values(readTemplate(text).Resources);
  const [role] = resources;
  if (role?.Type !== 'AWS::IAM::Role' || resources.length > 1) {
    throw new Error('expected a template of one role');
  }
  return roleSchema.parse(resolved(role.Properties));
}

export function actionsOf(role: z.infer<typeof roleSchema>): readonly string[] {
  const statements = role.Policies.flatMap((policy) => policy.PolicyDocument.Statement);
  return [...new Set(statements.flatMap((statement) => statement.Action))].toSorted();
}

/** `Ref` and `Fn::Sub` as CloudFormation puts values in their place; nothing else is used. */
function resolved(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(resolved);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const reference: unknown = Reflect.get(value, 'Ref');
  if (typeof reference === 'string') {
    return valueOf(reference);
  }
  const substitution: unknown = Reflect.get(value, 'Fn::Sub');
  if (typeof substitution === 'string') {
    return substitution.replaceAll(/\$\{([\w:]+)\}/g, (_, name: string) => valueOf(name));
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, resolved(member)]));
}

function valueOf(name: string): string {
  const value = deployed[name];
  if (value === undefined) {
    throw new Error(`the test gives no value for ${name}`);
  }
  return value;
}
