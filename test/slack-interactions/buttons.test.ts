import { findFindingStates, listExceptions, withdrawException } from '@ecr-audit/store';
import { createTestDatabase, type TestDatabase } from '@ecr-audit/store/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliverTo } from '../alerts/alerts-world.ts';
import { approverGroup, ownTeam } from '../fake-slack/slack-workspace.ts';
import {
  alertAbout,
  changeFindings,
  findingOf,
  fingerprintOf,
  keepFindings,
  target,
  tell,
} from '../slack-life/findings-world.ts';
import { type ClicksWorld, openClicksWorld } from './clicks-world.ts';

let database: TestDatabase;
let world: ClicksWorld;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  await open({ ECR_AUDIT_SLACK_APPROVERS: `U0BOSS, ${approverGroup}` });
});
afterEach(async () => {
  await world.close();
  world.receiver.slack.checkTaken();
});

const boss = { id: 'U0BOSS', name: 'the <boss>\u202E)', team_id: ownTeam };
const deliver = async (): Promise<number> => await deliverTo(database.store, world, 'slack');
const text = (): string => world.receiver.slack.channel()[0]?.text ?? '';
const exceptions = async (): Promise<Awaited<ReturnType<typeof listExceptions>>> =>
  await listExceptions(database.store.sql, { limit: 10 });
const stateOf = async (name: string): Promise<unknown> =>
  (await findFindingStates(database.store.sql, [fingerprintOf(name)]))[0]?.state;

async function open(environment: Readonly<Record<string, string>>): Promise<void> {
  await database.store.sql`truncate audit.outbox, audit.finding, audit.exception cascade`;
  world = await openClicksWorld(database.store, environment);
  const payments = findingOf('payments');
  await keepFindings(database.store, [payments]);
  await tell(database.store, alertAbout([payments]));
  await deliver();
}

describe('acknowledge', () => {
  it('is recorded with who clicked, and the message says so and offers it no more', async () => {
    expect(text()).toContain('[Acknowledge] [Approve for 30 days] [Explain]');
    expect(text()).not.toContain('ecr-audit findings acknowledge');
    expect(await world.click('Acknowledge')).toEqual({ status: 200, body: null });
    await deliver();
    expect(text()).toContain(`Now: slack:${ownTeam}/U0ANNA (anna) looks after it since 2026-11-23T08:00:00.000Z`);
    expect(text()).toContain('\n[Approve for 30 days] [Explain]');
    expect(world.receiver.slack.ephemeral()).toEqual([]);
    expect(world.heard).toMatchObject([
      { kind: 'acted', action: 'acknowledge', who: `slack:${ownTeam}/U0ANNA (anna)` },
    ]);
  });

  it('of somebody else later leaves it with the first, and says so', async () => {
    await world.click('Acknowledge');
    await world.click('Acknowledge', { user: boss });
    expect(world.receiver.slack.ephemeral()).toEqual([
      { user: 'U0BOSS', text: `slack:${ownTeam}/U0ANNA (anna) looks after it already.` },
    ]);
  });

  it('of what is resolved meanwhile changes nothing, and says so', async () => {
    await changeFindings(database.store, ['payments'], {
      kind: 'resolved',
      at: '2026-11-22T00:00:00Z',
      by: null,
      why: null,
    });
    await world.click('Acknowledge');
    expect(world.receiver.slack.ephemeral()).toMatchObject([{ text: 'It is resolved: nobody has to look after it.' }]);
    await deliver();
    expect(text()).toMatch(/\n\[Explain\]\n/);
  });

  it('twice is once', async () => {
    await world.click('Acknowledge');
    await world.click('Acknowledge');
    await deliver();
    expect(world.receiver.slack.channel()[0]?.thread.filter((line) => line.includes('looks after it'))).toHaveLength(1);
  });
});

describe('approve', () => {
  it('asks why in a window, and is bound to what was seen, who approved and thirty days', async () => {
    await world.click('Approve for 30 days', { user: boss });
    expect(world.receiver.slack.views()).toMatchObject([{ callback_id: 'ecr_audit_approve' }]);
    expect(await exceptions()).toEqual([]);
    expect(await world.submit('  the partner pulls until spring ', { user: boss })).toEqual({
      status: 200,
      body: null,
    });
    expect(await exceptions()).toMatchObject([
      {
        fingerprint: fingerprintOf('payments'),
        approvedBy: `slack:${ownTeam}/U0BOSS (the <boss>)`,
        reason: 'the partner pulls until spring',
        until: '2026-12-23T23:59:59.000Z',
        source: 'slack',
        findingStatus: 'archived',
      },
    ]);
    await deliver();
    expect(text()).toContain('== Approved · HIGH');
    expect(text()).toMatch(/\n\[Explain\]\n/);
  });

  it('sent again by Slack is the same approval', async () => {
    await world.click('Approve for 30 days', { user: boss });
    await world.submit('why', { user: boss });
    world.clock.time = new Date('2026-11-23T08:00:03Z');
    expect(await world.submit('why', { user: boss })).toEqual({ status: 200, body: null });
    expect(await exceptions()).toHaveLength(1);
  });

  it('copied by somebody who listened does not bring back what was withdrawn', async () => {
    await world.click('Approve for 30 days', { user: boss });
    await world.submit('why', { user: boss });
    const [made] = await exceptions();
    await withdrawException(database.store, { id: made?.id ?? '', by: 'anna', at: '2026-11-23T08:01:00Z' });
    expect(await world.submit('why', { user: boss })).toEqual({ status: 200, body: null });
    expect(await stateOf('payments')).toMatchObject({ status: 'active' });
  });

  it.each(['', ' \n ', 'x'.repeat(1_001)])(
    'without a reason that can be read, %j, is refused in the window',
    async (reason) => {
      await world.click('Approve for 30 days', { user: boss });
      expect(await world.submit(reason, { user: boss })).toMatchObject({
        status: 200,
        body: { response_action: 'errors', errors: { reason: expect.stringContaining('Say why') } },
      });
      expect(await exceptions()).toEqual([]);
    },
  );

  it('of those who are not listed is refused, at the button and in the window', async () => {
    await world.click('Approve for 30 days');
    expect(world.receiver.slack.views()).toEqual([]);
    expect(world.receiver.slack.ephemeral()).toMatchObject([
      { user: 'U0ANNA', text: expect.stringContaining('not among those who may approve') },
    ]);
    await world.click('Approve for 30 days', { user: boss });
    expect(await world.submit('why')).toMatchObject({ body: { response_action: 'errors' } });
    expect(await exceptions()).toEqual([]);
  });

  it('is open to the members of a listed group, for as long as they are members', async () => {
    world.receiver.slack.groupMembers = ['U0ANNA'];
    await world.click('Approve for 30 days');
    expect(world.receiver.slack.views()).toHaveLength(1);
    world.receiver.slack.groupMembers = [];
    world.clock.time = new Date('2026-11-23T08:02:00Z');
    expect(await world.submit('why')).toMatchObject({ body: { response_action: 'errors' } });
    expect(await exceptions()).toEqual([]);
  });

  it.each([
    ['grew', { kind: 'changed', at: '2026-11-23T08:00:30Z', by: null, why: 'more repositories' }],
    ['was resolved', { kind: 'resolved', at: '2026-11-23T08:00:30Z', by: null, why: null }],
  ] as const)('of a finding that %s while the window was open is refused', async (_what, change) => {
    await world.click('Approve for 30 days', { user: boss });
    await changeFindings(database.store, ['payments'], change);
    expect(await world.submit('why', { user: boss })).toMatchObject({
      body: { errors: { reason: expect.stringContaining('changed while this window was open') } },
    });
    expect(await exceptions()).toEqual([]);
  });

  it('in a window that was open for two days is refused', async () => {
    await world.click('Approve for 30 days', { user: boss });
    world.clock.time = new Date('2026-11-25T09:00:00Z');
    expect(await world.submit('why', { user: boss })).toMatchObject({
      body: { errors: { reason: expect.stringContaining('open for too long') } },
    });
  });

  it('is offered to nobody, and refused to everybody, where nobody is listed', async () => {
    await world.close();
    await open({ ECR_AUDIT_SLACK_APPROVERS: '' });
    expect(text()).toContain('[Acknowledge] [Explain]');
    await world.click('Acknowledge', {
      user: boss,
      bend: (payload) => {
        const actions: unknown = payload['actions'];
        payload['actions'] = Array.isArray(actions) ? [{ ...actions[0], action_id: 'ecr_audit_approve' }] : [];
      },
    });
    expect(world.receiver.slack.views()).toEqual([]);
    expect(world.receiver.slack.ephemeral()).toMatchObject([{ text: expect.stringContaining('may approve') }]);
  });
});

describe('explain', () => {
  it('tells whoever clicked, and nobody else, what it rests on, what to do and what to run', async () => {
    await world.click('Explain');
    const [answer] = world.receiver.slack.ephemeral();
    expect(answer?.user).toBe('U0ANNA');
    expect(answer?.text.split('\n')).toEqual([
      'HIGH · Everybody can pull payments',
      'The statement `Allow *` of `payments` lets everybody pull.',
      'Where: `arn:aws:ecr:eu-west-1:111122223333:repository/payments`, who: `arn:aws:iam::111122223333:role/deploy`',
      'Images hold code.',
      'Allow: statement `Open*` of `payments/policy`, through `repository`',
      'Not certain: one policy could not be read',
      'What to do: Name the accounts.',
      `To say that you look after it: \`ecr-audit findings acknowledge ${fingerprintOf('payments')} --target ${target}\``,
      `To approve it for 30 days: \`ecr-audit exceptions add ${fingerprintOf('payments')} --until 30d --reason '…' --target ${target}\``,
    ]);
    expect(world.receiver.slack.channel()[0]?.edits).toBe(0);
  });
});
