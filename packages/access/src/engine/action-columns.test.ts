import { expect, test } from 'vitest';
import { ECR_ACTIONS } from '../ecr/actions.ts';
import { actionColumns } from './action-columns.ts';

const columns = actionColumns(ECR_ACTIONS);

test('every action is in exactly one column', () => {
  const names = columns.flatMap(({ actions }) => actions);
  expect(names.toSorted()).toEqual(ECR_ACTIONS.map(({ name }) => name).toSorted());
});

test('a mask has one bit for each action of its column, and fits into an integer', () => {
  for (const { actions, mask } of columns) {
    expect(mask).toBe(actions.reduce((bits, _, bit) => bits | (1 << bit), 0));
    expect(mask).toBeGreaterThan(0);
  }
});

test.each([
  ['the token', ['ecr:GetAuthorizationToken']],
  ['creating a repository', ['ecr:CreateRepository']],
  ['what the registry policy decides in scope V1', ['ecr:BatchImportUpstreamImage', 'ecr:ReplicateImage']],
  ['what sends tags', ['ecr:ListTagsForResource', 'ecr:TagResource']],
  ['what takes tags away', ['ecr:UntagResource']],
  ['account settings', ['ecr:GetAccountSetting', 'ecr:PutAccountSetting']],
])('%s has a column of its own, because other policies or other keys decide it', (_, actions) => {
  expect(columns.map((column) => column.actions)).toContainEqual(actions);
});
