import { describe, expect, it } from 'vitest';
import { permitted, whoIs } from './permitted.ts';

const anna = { id: 'U1', teamId: 'T1', name: 'anna' };
const now = (): Date => new Date(0);

describe('who clicked', () => {
  it.each([
    ['anna', 'slack:T1/U1 (anna)'],
    ['', 'slack:T1/U1'],
    ['x) (slack:T1/U2', 'slack:T1/U1 (x slack:T1/U2)'],
    ['a\nb\u202Ec\u0000', 'slack:T1/U1 (abc)'],
    ['n'.repeat(500), `slack:T1/U1 (${'n'.repeat(80)})`],
  ])('is recorded by ids, with a name that cannot pass itself off: %j', (name, expected) => {
    expect(whoIs({ ...anna, name })).toBe(expected);
  });
});

const answers =
  (own: object) =>
  async (method: string): Promise<unknown> =>
    await Promise.resolve(method === 'auth.test' ? own : { ok: true, users: ['U1'] });
const withoutGroups = async (method: string): Promise<unknown> =>
  method === 'auth.test' ? await Promise.resolve({ team_id: 'T1' }) : await Promise.reject(new Error('away'));

describe('who may approve', () => {
  it.each([
    ['a listed user', { team_id: 'T1' }, ['U1'], true],
    ['a member of a listed group', { team_id: 'T1' }, ['S1'], true],
    ['another one', { team_id: 'T1' }, ['U2'], false],
    ['a user with the same id in another workspace', { team_id: 'T2' }, ['U1'], false],
    ['a user of the enterprise of the app', { team_id: 'T2', enterprise_id: 'T1' }, ['U1'], true],
    ['anybody where nobody is listed', { team_id: 'T1' }, [], false],
  ] as const)('%s: %j', async (_who, own, approvers, expected) => {
    expect(await permitted(answers(own), { approvers, now }).mayApprove(anna)).toBe(expected);
  });

  it('is not guessed where Slack cannot be asked', async () => {
    await expect(permitted(withoutGroups, { approvers: ['S1'], now }).mayApprove(anna)).rejects.toThrow('away');
  });
});
