import { createHmac } from 'node:crypto';
import { deliverUntilStopped } from '@ecr-audit/notifier';
import { listDeadDeliveries, outboxDepths, retryDeadDeliveries } from '@ecr-audit/store';
import { createTestDatabase, type TestDatabase } from '@ecr-audit/store/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Failure, type Received, retryAfterSeconds } from '../fake-slack/start-receiver.ts';
import { until } from '../jobs/harness/until.ts';
import {
  addAlerts,
  alertOf,
  type AlertsWorld,
  deliverTo,
  letPass,
  openAlertsWorld,
  webhookSecret,
} from './alerts-world.ts';

let database: TestDatabase;
let world: AlertsWorld;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  await database.store.sql`delete from audit.outbox`;
  world = await openAlertsWorld();
});
afterEach(async () => {
  await world.receiver.close();
});

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const failures = ['hang', 'breakOff', 'tooMany', 'serverError', 'redirect', 'gone', 'token_revoked'] as const;
const titles = ['first', 'second', 'third'];

/** The titles of the messages that arrived in Slack, without their threads. */
const inSlack = (received: readonly Received[]): readonly string[] =>
  received
    .filter(({ path, content }) => path.startsWith('/api/') && content['thread_ts'] === undefined)
    .map(({ content }) => String(content['text']).replace('HIGH · ', ''));
const inWebhook = (received: readonly Received[]): readonly unknown[] =>
  received.filter(({ path }) => path === '/webhook').map(({ content }) => titleIn(content['data']));
const titleIn = (data: unknown): unknown =>
  typeof data === 'object' && data !== null ? Reflect.get(data, 'title') : null;

describe.each(failures)('a receiver that fails, %s', (failure: Failure) => {
  it.each([
    ['slack', inSlack],
    ['webhook', inWebhook],
  ] as const)('gets everything over %s once and in order when it is back', async (sink, arrived) => {
    const { store } = database;
    await addAlerts(
      store,
      titles.map((title) => alertOf(title)),
    );
    await world.receiver.fail(failure);
    for (let time = 0; time < 3; time += 1) {
      expect(await deliverTo(store, world, sink)).toBe(0);
      await letPass(store, 6 * minuteMs);
    }
    expect(world.events.map((event) => event.kind === 'attempted' && event.row.attempts)).toEqual([0, 1, 2]);
    expect(world.receiver.received).toEqual([]);

    await world.receiver.fail(null);
    expect(await deliverTo(store, world, sink)).toBe(titles.length);
    expect(arrived(world.receiver.received)).toEqual(titles);
    expect(await deliverTo(store, world, sink)).toBe(0);
  });
});

it('a receiver that is gone for an hour loses nothing, and nothing is given up', async () => {
  const { store } = database;
  await addAlerts(
    store,
    titles.map((title) => alertOf(title)),
  );
  await world.receiver.fail('gone');
  for (let minutes = 0; minutes < 60; minutes += 6) {
    await deliverTo(store, world, 'slack');
    await letPass(store, 6 * minuteMs);
  }
  await addAlerts(store, [alertOf('fourth')]);
  await world.receiver.fail(null);
  await deliverTo(store, world, 'slack');
  expect(inSlack(world.receiver.received)).toEqual([...titles, 'fourth']);
  expect(await listDeadDeliveries(store.sql, { limit: 10 })).toEqual([]);
});

it('a receiver that hangs holds up no other sink', async () => {
  const { store } = database;
  await addAlerts(
    store,
    titles.map((title) => alertOf(title)),
  );
  await world.receiver.fail('hang', { path: '/api/' });
  const stop = new AbortController();
  const running = deliverUntilStopped(store, world.sinks, {
    now: () => world.now,
    onEvent: (event) => world.events.push(event),
    signal: stop.signal,
    pollMs: 20,
  });
  await until(
    'the other sinks',
    () => inWebhook(world.receiver.received).length === titles.length && world.lines().length === titles.length,
  );
  expect(inWebhook(world.receiver.received)).toEqual(titles);
  stop.abort();
  await running;
  expect(inSlack(world.receiver.received)).toEqual([]);
  expect(await outboxDepths(store.sql)).toMatchObject([{ sink: 'slack', state: 'waiting', messages: titles.length }]);
});

it('a Retry-After is waited for, where it is longer than our own delay', async () => {
  const { store } = database;
  await addAlerts(store, [alertOf('first')]);
  await world.receiver.fail('tooMany');
  await deliverTo(store, world, 'slack');
  await deliverTo(store, world, 'webhook');
  expect(world.events.map((event) => event.kind === 'attempted' && event.outcome)).toMatchObject([
    { retryDelayMs: retryAfterSeconds * 1_000 },
    { retryDelayMs: retryAfterSeconds * 1_000 },
  ]);
});

it('a token that was revoked is told as such, and its messages wait for another one however long that takes', async () => {
  const { store } = database;
  await addAlerts(store, [alertOf('first')]);
  await world.receiver.fail('token_revoked');
  await deliverTo(store, world, 'slack');
  await letPass(store, 30 * dayMs);
  await deliverTo(store, world, 'slack');
  expect(world.events.at(-1)).toMatchObject({
    attempt: { failure: 'unauthorized', reason: 'Slack does not accept the token: token_revoked' },
    outcome: { isDead: false },
  });
});

it('a message that is away for three days is given up, lets the next one pass, and is sent again on demand', async () => {
  const { store } = database;
  await addAlerts(store, [alertOf('first'), alertOf('second')]);
  await world.receiver.fail('serverError');
  await deliverTo(store, world, 'slack');
  await letPass(store, 3 * dayMs + hourMs);
  await deliverTo(store, world, 'slack');
  const dead = await listDeadDeliveries(store.sql, { limit: 10 });
  expect(dead).toMatchObject([{ sink: 'slack', attempts: 2, lastFailure: 'the receiver answered 500' }]);

  await world.receiver.fail(null);
  await letPass(store, minuteMs);
  await deliverTo(store, world, 'slack');
  expect(inSlack(world.receiver.received)).toEqual(['second']);
  await retryDeadDeliveries(store.sql, { id: null, sink: 'slack' });
  await deliverTo(store, world, 'slack');
  expect(inSlack(world.receiver.received)).toEqual(['second', 'first']);
});

it('a message that is refused is given up after five attempts', async () => {
  const { store } = database;
  await addAlerts(store, [alertOf('first')]);
  await world.receiver.fail('channel_not_found');
  for (let time = 0; time < 6; time += 1) {
    await deliverTo(store, world, 'slack');
    await letPass(store, minuteMs);
  }
  expect(world.receiver.attempts()).toBe(5);
  expect(await listDeadDeliveries(store.sql, { limit: 10 })).toMatchObject([
    { lastFailure: 'Slack answered channel_not_found' },
  ]);
});

it('a thread that broke off goes on where it was, and its message is not said again', async () => {
  const { store } = database;
  await addAlerts(store, [alertOf('long', { findings: 400 })]);
  await world.receiver.fail('serverError', { after: 2 });
  await deliverTo(store, world, 'slack');
  expect(world.receiver.received).toHaveLength(2);
  await world.receiver.fail(null);
  await letPass(store, minuteMs);
  await deliverTo(store, world, 'slack');
  expect(inSlack(world.receiver.received)).toEqual(['long']);
  const numbers = [...JSON.stringify(world.receiver.received.map(({ content }) => content)).matchAll(/(\d+)\. high /g)];
  expect(numbers.map(([, number]) => Number(number))).toEqual(Array.from({ length: 400 }, (_, index) => index + 1));
});

it('no failure, and no event of it, holds the token', async () => {
  const { store } = database;
  await addAlerts(store, [alertOf('first')]);
  for (const failure of [...failures, 'invalid_auth', 'channel_not_found'] as const) {
    await world.receiver.fail(failure);
    await deliverTo(store, world, 'slack');
    await deliverTo(store, world, 'webhook');
    await letPass(store, hourMs);
  }
  const kept = await store.sql`select last_failure, progress from audit.outbox_delivery`;
  expect(JSON.stringify([world.events, kept])).not.toMatch(/xoxb|a-secret/);
});

it('a webhook is signed over its id, its time and its body', async () => {
  const { store } = database;
  await addAlerts(store, [alertOf('first')]);
  await deliverTo(store, world, 'webhook');
  const [request] = world.receiver.received;
  const header = (name: string): string => String(request?.headers[`webhook-${name}`]);
  const signed = `${header('id')}.${header('timestamp')}.${request?.body}`;
  expect(header('signature')).toBe(`v1,${createHmac('sha256', webhookSecret).update(signed).digest('base64')}`);
  expect(request?.content).toMatchObject({ type: 'alert', id: header('id') });
});
