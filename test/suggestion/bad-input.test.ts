import {
  assembleSnapshot,
  DAY_MS,
  snapshotActivity,
  suggestForPrincipal,
  suggestForRepository,
} from '@ecr-audit/access';
import { expect, test } from 'vitest';
import { runCommand } from '../system/harness/run-command.ts';
import path from 'node:path';
import { A, arnOf, type Call, partsOf, type Scene, takenAt } from '../over-permission/scene.ts';

const asOfMs = Date.parse(takenAt);
const id = 'AROACIEXAMPLE00000001';
const sample = path.join(import.meta.dirname, '../../services/cli/sample-organization/2026-11-16');
const pull = (daysAgo: number, more: Partial<Call> = {}): Call => ({ name: 'BatchGetImage', daysAgo, ...more });

function inputFor(scene: Scene, createdDaysAgo?: number) {
  const parts = partsOf(scene);
  const snapshot = assembleSnapshot(parts);
  const createdMs = new Map(
    createdDaysAgo === undefined ? [] : [[arnOf('team/app'), asOfMs - createdDaysAgo * DAY_MS] as const],
  );
  return {
    snapshot,
    ...snapshotActivity(snapshot, parts),
    createdMs,
    period: { asOfMs, fromMs: asOfMs - 90 * DAY_MS },
  };
}

test('use of a repository that was deleted and made again since then is not that of the new one', () => {
  const calls = [pull(40), pull(2, { repository: 'team/web' })];
  const scene: Scene = { repositories: ['team/app', 'team/web'], calls };
  const before = suggestForPrincipal({ ...inputFor(scene), principalId: id });
  expect(JSON.stringify(before.kind === 'suggested' ? before.documents : before)).toContain(arnOf('team/app'));
  const again = suggestForPrincipal({ ...inputFor(scene, 20), principalId: id });
  expect(again).toMatchObject({
    kind: 'suggested',
    notes: [expect.stringContaining('made again')],
    proof: { leftOut: [{ resource: arnOf('team/app'), action: 'ecr:BatchGetImage' }] },
  });
  const { documents, proof } = again.kind === 'suggested' ? again : { documents: null, proof: null };
  expect(JSON.stringify(documents)).not.toContain('team/app');
  const doubts = proof?.removed.filter(({ action }) => action === 'ecr:BatchGetImage').map(({ doubt }) => doubt);
  expect(doubts).toEqual(['repositoryMadeAgain']);
});

test('an event of its creation tells the same, and who used only the earlier one gets no suggestion but a reason', () => {
  const made: Call = { name: 'CreateRepository', daysAgo: 20, roleId: 'AROAOTHEREXAMPLE00001', roleName: 'other' };
  const suggestion = suggestForPrincipal({ ...inputFor({ calls: [pull(40), made] }), principalId: id });
  expect(suggestion).toMatchObject({
    kind: 'refused',
    code: 'nothingSeen',
    message: expect.stringContaining('made again'),
  });
});

test('nor does the policy of a repository rest on use of an earlier one of its name', () => {
  const policies = {
    'team/app': [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${A}:root` }, Action: 'ecr:*' }],
  } as const;
  const input = inputFor({ policies, calls: [pull(40)] }, 20);
  expect(suggestForRepository({ ...input, repositoryArn: arnOf('team/app') })).toMatchObject({
    kind: 'refused',
    code: 'nothingSeen',
  });
});

test('what a role with the same ARN and another unique id did before counts for it, whose work it goes on with', () => {
  const input = inputFor({ calls: [pull(2, { roleId: 'AROAEARLIEREXAMPLE001' })] });
  expect(suggestForPrincipal({ ...input, principalId: id })).toMatchObject({
    kind: 'suggested',
    proof: { kept: [{ action: 'ecr:BatchGetImage' }] },
  });
});

test('a role is known by its unique id under another name', () => {
  const input = inputFor({ calls: [pull(2, { roleName: 'old-name' })] });
  expect(suggestForPrincipal({ ...input, principalId: id })).toMatchObject({
    kind: 'suggested',
    proof: { kept: [{ action: 'ecr:BatchGetImage' }] },
  });
});

test('without any CloudTrail, and with a hole in the window, a role without use gets a reason', () => {
  for (const window of [null, { from: '2026-08-20T00:00:00Z', complete: false }]) {
    const input = inputFor({ windows: { [A]: window } });
    expect(suggestForPrincipal({ ...input, principalId: id })).toMatchObject({ kind: 'refused', code: 'nothingSeen' });
  }
});

test('a hole in the middle leaves only what was seen after it', () => {
  const input = inputFor({ calls: [pull(2)] });
  const observed = input.observed.map((each) => ({
    ...each,
    during: [
      { fromMs: asOfMs - 90 * DAY_MS, untilMs: asOfMs - 6 * DAY_MS },
      { fromMs: asOfMs - 5 * DAY_MS, untilMs: asOfMs },
    ],
  }));
  const suggestion = suggestForPrincipal({ ...input, observed, principalId: id });
  expect(suggestion).toMatchObject({ basis: [{ push: { kind: 'notKnown', reason: 'windowTooShort' } }] });
  const push =
    suggestion.kind === 'suggested' && suggestion.proof.removed.find(({ action }) => action === 'ecr:PutImage');
  expect(push).toMatchObject({ doubt: 'windowTooShort' });
});

test('the command for a principal that is not in the snapshot ends with 2 and names those that are near', async () => {
  const result = await runCommand(['suggest', 'arn:aws:iam::333344445555:role/publish', '--snapshot', sample]);
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain('cannot find `arn:aws:iam::333344445555:role/publish` in this snapshot');
});

test('the answer says whether there is room for an inline policy', () => {
  const suggestion = suggestForPrincipal({ ...inputFor({ calls: [pull(2)] }), principalId: id });
  expect(suggestion).toMatchObject({ lengthMax: 6144, inline: { lengthMax: 10_240, isWithin: true } });
});
