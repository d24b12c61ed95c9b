import { stepName } from '@ecr-audit/store';
import { expect, it } from 'vitest';
import { accountSteps, firstSteps, type TargetPlan } from './target-plan.ts';

const nothing = { accounts: [], organizationalUnits: [], tags: {} };
const places = { partition: 'aws', regions: ['eu-west-1', 'us-east-1'], fallbackRegions: [] };
const listed: TargetPlan = { kind: 'accounts', accounts: ['111122223333'], ...places };
const organization: TargetPlan = {
  kind: 'organization',
  organizationId: 'o-1',
  managementAccountId: null,
  selection: { include: nothing, exclude: nothing },
  ...places,
};

it('a list of accounts has IAM of each and ECR of each region from the start', () => {
  expect(firstSteps(listed, null).map(stepName)).toEqual([
    'iam:111122223333',
    'ecr:111122223333:eu-west-1',
    'ecr:111122223333:us-east-1',
  ]);
});

it('an organization is asked for its accounts first, and each account for its regions where all are read', () => {
  expect(firstSteps(organization, null).map(stepName)).toEqual(['organization']);
  expect(accountSteps({ ...organization, regions: 'all' }, '111122223333').map(stepName)).toEqual([
    'regions:111122223333',
    'iam:111122223333',
  ]);
});

it('a scan of some accounts asks for these alone, and not for the organization', () => {
  expect(firstSteps(organization, ['444455556666']).map(stepName)).toEqual([
    'iam:444455556666',
    'ecr:444455556666:eu-west-1',
    'ecr:444455556666:us-east-1',
  ]);
});
