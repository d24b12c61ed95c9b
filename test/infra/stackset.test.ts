import { describe, expect, test } from 'vitest';

import { readTemplate, templateText } from './templates.ts';

const role = readTemplate(templateText('auditor-role'));
const stackSet = readTemplate(templateText('auditor-role-stackset'));
const properties = stackSet.Resources['AuditorRoles']?.Properties ?? {};

describe('the stack set of the auditor role', () => {
  test('deploys auditor-role.yaml word for word', () => {
    expect(properties['TemplateBody']).toBe(templateText('auditor-role'));
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
    expect(Buffer.byteLength(templateText('auditor-role'))).toBeLessThan(51_200);
  });

  test('reaches accounts of organizational units, and those that join them later', () => {
    expect(properties).toMatchObject({
      PermissionModel: 'SERVICE_MANAGED',
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
      StackInstancesGroup: [
        {
          DeploymentTargets: { OrganizationalUnitIds: { Ref: 'OrganizationalUnitIds' } },
          Regions: [{ Ref: 'AWS::Region' }],
        },
      ],
      Capabilities: ['CAPABILITY_NAMED_IAM'],
    });
  });

  test('passes every parameter of the role on, under the same rules', () => {
    const names = Object.keys(role.Parameters);
    expect(properties['Parameters']).toEqual(
      names.map((name) => ({ ParameterKey: name, ParameterValue: { Ref: name } })),
    );
    for (const name of names) {
      const { Description: _, ...rules } = role.Parameters[name] ?? { Description: '' };
      expect(stackSet.Parameters[name]).toMatchObject(rules);
    }
  });

  test.each<readonly [string, boolean]>([
    ['ou-ab12-34cd56ef', true],
    ['r-ab12', true],
    ['111122223333', false],
    ['ou-ab12', false],
  ])('takes %s as a unit: %s', (id, expected) => {
    const pattern = stackSet.Parameters['OrganizationalUnitIds']?.AllowedPattern ?? '';
    expect(new RegExp(pattern).test(id)).toBe(expected);
  });
});
