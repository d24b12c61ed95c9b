import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../api/harness/start-api.ts';
import { addAlerts, alertOf, type AlertsWorld, deliverTo, letPass, openAlertsWorld } from './alerts-world.ts';

let api: TestApi;
let world: AlertsWorld;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => {
  await api.stop();
});
beforeEach(async () => {
  await api.store.sql`delete from audit.outbox`;
  world = await openAlertsWorld();
});
afterEach(async () => {
  await world.receiver.close();
});

const headers = (): Readonly<Record<string, string>> => {
  const given: unknown = Reflect.get(api, 'headers');
  return typeof given === 'object' && given !== null ? Object.fromEntries(Object.entries(given)) : {};
};
const ask = async (path: string, method = 'GET'): Promise<{ status: number; body: unknown }> => {
  const response = await api.api.request(path, { method, headers: headers() });
  return { status: response.status, body: await response.json() };
};
const giveUp = async (): Promise<void> => {
  await world.receiver.fail('channel_not_found');
  for (let time = 0; time < 5; time += 1) {
    await deliverTo(api.store, world, 'slack');
    await letPass(api.store, 60_000);
  }
  await world.receiver.fail(null);
};

describe('messages over the API', () => {
  it('are listed with what became of them, the latest first, by state and sink, page by page', async () => {
    await addAlerts(api.store, [alertOf('first', { findings: 2 })]);
    await giveUp();
    await addAlerts(api.store, [alertOf('second')]);
    await deliverTo(api.store, world, 'slack');
    await deliverTo(api.store, world, 'webhook');
    const dead = await ask('/v1/alerts?state=dead');
    expect(dead).toMatchObject({
      status: 200,
      body: {
        items: [
          {
            sink: 'slack',
            state: 'dead',
            title: 'first',
            severity: 'high',
            findings: 2,
            attempts: 5,
            nextAttemptAt: null,
            lastFailure: 'Slack answered channel_not_found',
          },
        ],
        nextCursor: null,
      },
    });
    const page = await ask('/v1/alerts?sink=slack&limit=1');
    expect(page.body).toMatchObject({ items: [{ title: 'second', state: 'delivered' }] });
    const cursor = String(Reflect.get(Object(page.body), 'nextCursor'));
    expect((await ask(`/v1/alerts?sink=slack&limit=1&cursor=${cursor}`)).body).toMatchObject({
      items: [{ title: 'first' }],
      nextCursor: null,
    });
  });

  it('that were given up go out again on demand, and others do not', async () => {
    await addAlerts(api.store, [alertOf('first')]);
    await giveUp();
    const [row] = await api.store.sql<{ id: number }[]>`select id from audit.outbox`;
    const id = row?.id ?? 0;
    expect((await ask(`/v1/alerts/${id}/retry?sink=webhook`, 'POST')).body).toEqual({ id, retried: 0 });
    expect((await ask(`/v1/alerts/${id}/retry`, 'POST')).body).toEqual({ id, retried: 1 });
    expect(await deliverTo(api.store, world, 'slack')).toBe(1);
    expect((await ask(`/v1/alerts/${id}/retry`, 'POST')).body).toEqual({ id, retried: 0 });
  });

  it.each([
    ['/v1/alerts/999/retry', 'POST', 404, 'alertNotFound'],
    ['/v1/alerts/x/retry', 'POST', 400, 'invalidRequest'],
    ['/v1/alerts?state=lost', 'GET', 400, 'invalidRequest'],
    ['/v1/alerts?target=account:9', 'GET', 404, 'targetNotFound'],
  ])('are asked for rightly: %s', async (path, method, status, code) => {
    expect(await ask(path, method)).toMatchObject({ status, body: { code } });
  });
});
