import type { AccessProfile, PrincipalAccess } from '@ecr-audit/access';
import { expect, test } from 'vitest';
import { alice, deployer, euWest, openScene, scanOf } from '../testing/evaluation-scene.ts';

const { write, historyCount } = await openScene();

const profile: AccessProfile = { answers: new Map() };
const block = { set: new Int32Array([1]), profile };
const whole: PrincipalAccess = { principal: alice, repositories: [block], registries: [] };
const noBlocks: PrincipalAccess = { principal: deployer, repositories: [], registries: [] };
const token = { ...euWest, profile };

test.each<[string, readonly PrincipalAccess[], string]>([
  ['two answers for one cell', [{ ...whole, repositories: [block, block] }, noBlocks], 'overlap'],
  ['a principal twice', [whole, whole], 'twice'],
  ['a principal without an answer', [whole], 'there is no access of'],
  ['a principal that is not listed', [whole, { ...noBlocks, principal: { ...deployer, id: 'x' } }], 'is listed'],
  [
    'a repository that is not listed',
    [{ ...whole, repositories: [{ set: new Int32Array([4]), profile }] }, noBlocks],
    'over 2 repositories',
  ],
  [
    'a set over other repositories',
    [{ ...whole, repositories: [{ set: new Int32Array([1, 0]), profile }] }, noBlocks],
    'over 2 repositories',
  ],
  ['a registry that is not listed', [whole, { ...noBlocks, registries: [{ ...token, region: 'eu' }] }], 'is listed'],
  ['a registry twice', [whole, { ...noBlocks, registries: [token, token] }], 'twice'],
])('%s is refused, and nothing is written', async (_title, access, message) => {
  await expect(write(scanOf([], { access, registries: [euWest] }))).rejects.toMatchObject({
    code: 'inconsistentEvaluation',
    message: expect.stringContaining(message),
  });
  expect(await historyCount()).toBe(0);
});
