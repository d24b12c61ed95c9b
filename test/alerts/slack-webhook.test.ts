import { createTestDatabase, type TestDatabase } from '@ecr-audit/store/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { problemsOfBlocks, textOf } from '../fake-slack/check-blocks.ts';
import { type Receiver, startReceiver } from '../fake-slack/start-receiver.ts';
import { alertAbout, changeFindings, findingOf, keepFindings, tell } from '../slack-life/findings-world.ts';
import { addAlerts, alertOf, type AlertsWorld, deliverTo, letPass, openAlertsWorld } from './alerts-world.ts';

let database: TestDatabase;
let receiver: Receiver;
let world: AlertsWorld;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  await database.store.sql`delete from audit.outbox`;
  receiver = await startReceiver();
  world = await openAlertsWorld({
    ECR_AUDIT_SLACK_TOKEN: '',
    ECR_AUDIT_SLACK_CHANNEL: '',
    ECR_AUDIT_SLACK_WEBHOOK_URL: `${receiver.url}/services/T0/B0/secret`,
  });
});
afterEach(async () => {
  await receiver.close();
  await world.receiver.close();
});

const minuteMs = 60_000;

it('what became of findings is one short post, of those that the webhook told of, as it cannot edit', async () => {
  const { store } = database;
  const [a, b, c] = [findingOf('a'), findingOf('b'), findingOf('c')];
  await keepFindings(store, [a, b, c]);
  await tell(store, alertAbout([a, b]));
  await deliverTo(store, world, 'slackWebhook');
  await changeFindings(store, ['a', 'b', 'c'], { kind: 'resolved', at: '2026-11-22T00:00:00Z', by: null, why: null });
  await changeFindings(store, ['c'], { kind: 'resolved', at: '2026-11-22T00:00:00Z', by: null, why: null });
  await deliverTo(store, world, 'slackWebhook');
  const [, post, ...more] = receiver.received;
  expect(more).toEqual([]);
  expect(problemsOfBlocks(post?.content['blocks'])).toEqual([]);
  expect(textOf(post?.content['blocks']).trim().split('\n').slice(0, 2)).toEqual([
    'Everybody can pull a: resolved at 2026-11-22T00:00:00Z',
    'Everybody can pull b: resolved at 2026-11-22T00:00:00Z',
  ]);
});

it('an incoming webhook gets one post for an alert, with its details below', async () => {
  await addAlerts(database.store, [alertOf('first')]);
  await deliverTo(database.store, world, 'slackWebhook');
  const [post, ...more] = receiver.received;
  expect(more).toEqual([]);
  expect(post?.content).toMatchObject({ text: 'HIGH · first', unfurl_links: false });
  expect(post?.body).toContain('It is readable by anyone.');
});

it.each(['serverError', 'tooMany', 'breakOff', 'gone', 'token_revoked'] as const)(
  'an incoming webhook that fails, %s, gets everything once and in order when it is back',
  async (failure) => {
    await addAlerts(database.store, [alertOf('first'), alertOf('second')]);
    await receiver.fail(failure);
    await deliverTo(database.store, world, 'slackWebhook');
    await receiver.fail(null);
    await letPass(database.store, minuteMs);
    await deliverTo(database.store, world, 'slackWebhook');
    expect(receiver.received.map(({ content }) => content['text'])).toEqual(['HIGH · first', 'HIGH · second']);
    expect(JSON.stringify(world.events)).not.toContain('secret');
  },
);
