import { findFindingStates } from '@ecr-audit/store';
import { createTestDatabase, type TestDatabase } from '@ecr-audit/store/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliverTo, slackToken } from '../alerts/alerts-world.ts';
import { ownTeam } from '../fake-slack/slack-workspace.ts';
import { until } from '../jobs/harness/until.ts';
import { alertAbout, findingOf, fingerprintOf, keepFindings, target, tell } from '../slack-life/findings-world.ts';
import { type ClicksWorld, openClicksWorld, signingSecret } from './clicks-world.ts';

let database: TestDatabase;
let world: ClicksWorld;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  await database.store.sql`truncate audit.outbox, audit.finding, audit.exception cascade`;
  world = await openClicksWorld(database.store, { ECR_AUDIT_SLACK_APPROVERS: 'U0ANNA' });
  const payments = findingOf('payments');
  await keepFindings(database.store, [payments]);
  await tell(database.store, alertAbout([payments]));
  await deliverTo(database.store, world, 'slack');
});
afterEach(async () => {
  await world.close();
  const heard = JSON.stringify(world.heard);
  if (heard.includes(slackToken) || heard.includes(signingSecret)) {
    throw new Error('a secret is in what is logged');
  }
});

const isAcknowledged = async (): Promise<boolean> =>
  (await findFindingStates(database.store.sql, [fingerprintOf('payments')]))[0]?.state.acknowledged !== null;

type Bend = (payload: Record<string, unknown>) => void;

const withAction =
  (action: object): Bend =>
  (payload) => {
    payload['actions'] = [{ type: 'button', action_id: 'ecr_audit_acknowledge', value: '["f","t"]', ...action }];
  };
const changed =
  (fields: Readonly<Record<string, unknown>>): Bend =>
  (payload) => {
    Object.assign(payload, fields);
  };

describe('a request that is refused does nothing', () => {
  const minuteMs = 60_000;
  const at = (minutes: number): Date => new Date(Date.parse('2026-11-23T08:00:00Z') + minutes * minuteMs);

  it.each([
    ['signed with another secret', { secret: 'another-secret-of-enough-length' }],
    ['six minutes old', { at: at(-6) }],
    ['of the time in six minutes', { at: at(6) }],
    ['without a signature', { headers: { 'x-slack-signature': '' } }],
    ['with a signature of another length', { headers: { 'x-slack-signature': 'v0=00' } }],
    ['of another version', { headers: { 'x-slack-signature': `v1=${'0'.repeat(64)}` } }],
    ['with a time that is none', { headers: { 'x-slack-request-timestamp': '1e9' } }],
    ['with another time than the signed one', { headers: { 'x-slack-request-timestamp': '1795420799' } }],
  ])('%s', async (_what, options) => {
    expect(await world.click('Acknowledge', options)).toEqual({ status: 401, body: null });
    expect(await isAcknowledged()).toBe(false);
    expect(world.heard).toEqual([{ kind: 'refused', why: 'unsigned' }]);
  });

  it('whose body is another than the signed one', async () => {
    const signed = await world.send('payload=%7B%7D');
    expect(signed.status).toBe(400);
    expect(
      (await world.send('payload=%7B%7D', { headers: { 'x-slack-signature': `v0=${'a'.repeat(64)}` } })).status,
    ).toBe(401);
  });

  it.each([
    ['an action that we never offered', withAction({ action_id: 'ecr_audit_delete_everything' })],
    ['an action named like what every object has', withAction({ action_id: 'constructor' })],
    ['a value that is no JSON', withAction({ value: 'payments' })],
    ['a value of another form', withAction({ value: '{"fingerprint":"f"}' })],
    ['a value without an end', withAction({ value: JSON.stringify(['f'.repeat(5_000), target]) })],
    ['no value', withAction({ value: null })],
    ['two actions', changed({ actions: [{}, {}] })],
    ['another type', changed({ type: 'message_action' })],
    ['no user', changed({ user: undefined })],
    ['a user that is no id', changed({ user: { id: '<@U1>' } })],
  ])('with %s', async (_what, bend) => {
    expect(await world.click('Acknowledge', { bend })).toEqual({
      status: 400,
      body: null,
    });
    expect(world.heard).toEqual([{ kind: 'refused', why: 'unknown' }]);
    expect(await isAcknowledged()).toBe(false);
  });

  it.each([
    ['an empty body', ''],
    ['no payload', 'a=b'],
    ['a payload that is no JSON', 'payload=%7B'],
    ['a payload that is nothing', 'payload=null'],
  ])('with %s', async (_what, body) => {
    expect((await world.send(body)).status).toBe(400);
  });

  it('that is too large, before it is read to its end', async () => {
    const sent = world.send(`payload=${'x'.repeat(4 * 1024 * 1024)}`).then(
      ({ status }) => status,
      () => 'cut',
    );
    expect([413, 'cut']).toContain(await sent);
    expect(world.heard).toEqual([]);
  });

  it('to another path, or with another method', async () => {
    expect((await world.send('', { path: '/' })).status).toBe(404);
    expect((await world.send('', { method: 'GET' })).status).toBe(405);
  });

  it('of a finding that is not there, and says so to whoever clicked', async () => {
    await world.click('Acknowledge', { bend: withAction({ value: JSON.stringify(['f', target]) }) });
    expect(world.receiver.slack.ephemeral()).toEqual([{ user: 'U0ANNA', text: 'There is no such finding any more.' }]);
  });

  it('of the same finding in another target', async () => {
    const value = JSON.stringify([fingerprintOf('payments'), 'account:444455556666']);
    await world.click('Acknowledge', { bend: withAction({ value }) });
    expect(await isAcknowledged()).toBe(false);
  });

  it('of somebody of another organization, in a channel that is shared with it', async () => {
    const stranger = { id: 'U0ANNA', name: 'anna', team_id: 'T0OTHER' };
    for (const button of ['Acknowledge', 'Approve for 30 days', 'Explain']) {
      await world.click(button, { user: stranger });
    }
    expect(await isAcknowledged()).toBe(false);
    expect(world.receiver.slack.views()).toEqual([]);
    expect(new Set(world.receiver.slack.ephemeral().map(({ text }) => text))).toEqual(
      new Set(['Only members of the workspace of this app can do that.']),
    );
  });
});

it('a window that we did not open is refused', async () => {
  await world.click('Approve for 30 days');
  for (const view of [{ private_metadata: '{}' }, { private_metadata: 'x' }, { callback_id: 'another' }]) {
    const answered = await world.submit('why', {
      bend: (payload) => {
        payload['view'] = Object.assign({}, payload['view'], view);
      },
    });
    expect(answered.status).toBe(400);
  }
});

it('where Slack cannot say who somebody is, nothing is done, and the next try works', async () => {
  await world.receiver.fail('serverError', { path: '/api/auth.test' });
  expect(await world.click('Acknowledge')).toEqual({ status: 200, body: null });
  expect(world.heard).toMatchObject([{ kind: 'failed', who: `slack:${ownTeam}/U0ANNA (anna)` }]);
  expect(world.receiver.slack.ephemeral()).toMatchObject([{ text: expect.stringContaining('try again') }]);
  expect(await isAcknowledged()).toBe(false);
  await world.receiver.fail(null);
  await world.click('Acknowledge');
  expect(await isAcknowledged()).toBe(true);
});

it('Slack has its answer in time while a scan is being written, and what became of it comes afterwards', async () => {
  const { sql } = database.store;
  await world.click('Approve for 30 days');
  const released = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const scan = sql.begin(async (transaction) => {
    await transaction`select from audit.finding for update`;
    held.resolve();
    await released.promise;
  });
  await held.promise;
  const submitted = await world.submit('why');
  expect(submitted).toMatchObject({ status: 200, body: { response_action: 'update', view: { type: 'modal' } } });
  expect(await world.click('Acknowledge')).toEqual({ status: 200, body: null });
  expect(world.receiver.slack.ephemeral()).toEqual([]);
  released.resolve();
  await scan;
  await until('both', () => world.heard.filter(({ kind }) => kind === 'acted').length === 3);
  await until('the answer', () => world.receiver.slack.ephemeral().some(({ text }) => text === 'It is approved.'));
});
