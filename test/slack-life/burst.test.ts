import { createHash } from 'node:crypto';
import { type AlertSettings, type Finding, planAlerts } from '@ecr-audit/access';
import { outboxDepths } from '@ecr-audit/store';
import { createTestDatabase, type TestDatabase } from '@ecr-audit/store/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type AlertsWorld, deliverTo, letPass, openAlertsWorld } from '../alerts/alerts-world.ts';
import { changeFindings, findingOf, keepFindings, tell } from './findings-world.ts';

let database: TestDatabase;
let world: AlertsWorld;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  await database.store.sql`truncate audit.outbox, audit.finding, audit.exception cascade`;
  world = await openAlertsWorld();
});
afterEach(async () => {
  await world.receiver.close();
});

const noon = '2026-11-22T12:00:00.000Z';
const settings: AlertSettings = {
  link: 'https://audit.example.com',
  routes: [],
  timeZone: 'UTC',
  quietHours: null,
  digest: { severity: 'low', at: '09:00' },
  messagesMax: 5,
};
const names = Array.from({ length: 1_000 }, (_, index) => `burst/${String(index).padStart(4, '0')}`);
const findings: readonly Finding[] = names.map((name, index) =>
  findingOf(name, { ruleId: `R-${index % 40}`, severity: 'high' }),
);
const plan = (found: readonly Finding[]): ReturnType<typeof planAlerts> =>
  planAlerts({
    findings: found.map((finding) => ({ finding, tags: {}, cause: null, explanation: null })),
    said: [],
    settings,
    now: noon,
    digest: (text) => createHash('sha256').update(text).digest('hex'),
  });
const everything = (): string =>
  world.receiver.slack
    .channel()
    .map(({ text, thread }) => [text, ...thread].join('\n'))
    .join('\n');

it('a burst of a thousand findings is a handful of messages, and names each of them, whatever Slack does meanwhile', async () => {
  const { store } = database;
  await keepFindings(store, findings);
  await tell(store, ...plan(findings));
  for (const [index, failure] of (['tooMany', 'serverError', 'breakOff'] as const).entries()) {
    await world.receiver.fail(failure, { after: 3 * index + 1 });
    await deliverTo(store, world, 'slack');
    await letPass(store, 60 * 60_000);
  }
  await world.receiver.fail(null);
  await deliverTo(store, world, 'slack');
  expect(world.receiver.slack.problems()).toEqual([]);
  expect(world.receiver.slack.channel()).toHaveLength(5);
  const text = everything();
  const counts = names.map((name) => text.split(`Everybody can pull ${name}`).length - 1);
  expect(counts.every((count) => count >= 1)).toBe(true);
  // Once in the thread, and the first of each message in the message as well.
  expect([...text.matchAll(/^\d+\. high /gm)]).toHaveLength(1_000);
});

it('all of a thousand that are resolved at once are told by editing that handful', async () => {
  const { store } = database;
  await keepFindings(store, findings);
  await tell(store, ...plan(findings));
  await deliverTo(store, world, 'slack');
  for (let start = 0; start < names.length; start += 200) {
    await changeFindings(store, names.slice(start, start + 200), { kind: 'resolved', at: noon, by: null, why: null });
  }
  await deliverTo(store, world, 'slack');
  expect(world.receiver.slack.problems()).toEqual([]);
  const channel = world.receiver.slack.channel();
  expect(channel).toHaveLength(5);
  expect(channel.every(({ text }) => text.startsWith('== Resolved · HIGH · '))).toBe(true);
  const text = everything();
  const resolved = names.filter((name) => text.includes(`Everybody can pull ${name}: resolved at ${noon}`));
  expect(resolved).toHaveLength(1_000);
});

it('a digest of the lesser ones waits for the morning, and the grave one does not wait for it', async () => {
  const { store } = database;
  const low = [findingOf('low/a', { severity: 'low' }), findingOf('low/b', { severity: 'info' })];
  const grave = findingOf('grave', { severity: 'critical' });
  await keepFindings(store, [...low, grave]);
  const [later] = await store.sql<{ at: string }[]>`select now() + interval '8 hours' as at`;
  const alerts = plan([...low, grave]).map((alert) =>
    alert.form === 'digest' ? { ...alert, notBefore: later?.at ?? null } : alert,
  );
  await tell(store, ...alerts.toReversed());
  expect(await deliverTo(store, world, 'slack')).toBe(1);
  expect(world.receiver.slack.channel().map(({ text }) => text.split('\n')[0])).toEqual([
    '== CRITICAL · Everybody can pull grave ==',
  ]);
  expect(await outboxDepths(store.sql)).toEqual([]);
  await letPass(store, 9 * 60 * 60_000);
  expect(await deliverTo(store, world, 'slack')).toBe(1);
  expect(world.receiver.slack.channel()[1]?.text).toContain('Of lesser weight: 2 findings');
});
