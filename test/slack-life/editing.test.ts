import { acknowledgeFinding, addException, outboxDepths } from '@ecr-audit/store';
import { createTestDatabase, type TestDatabase } from '@ecr-audit/store/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type AlertsWorld, deliverTo, letPass, openAlertsWorld } from '../alerts/alerts-world.ts';
import { alertAbout, changeFindings, findingOf, fingerprintOf, keepFindings, target, tell } from './findings-world.ts';

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
  world.receiver.slack.checkTaken();
});

const minuteMs = 60_000;
const at = '2026-11-21T09:00:00.000Z';
const deliver = async (): Promise<number> => await deliverTo(database.store, world, 'slack');
const acknowledge = async (name: string, by: string): Promise<void> =>
  void (await acknowledgeFinding(database.store, { targetKey: null, fingerprint: fingerprintOf(name), by, at }));
const approve = async (name: string): Promise<void> =>
  void (await addException(database.store, {
    targetKey: null,
    fingerprint: fingerprintOf(name),
    approvedBy: 'bo',
    reason: 'a partner until `spring`',
    until: '2027-03-31T23:59:59.000Z',
    at,
    source: 'cli',
  }));
const texts = (): readonly string[] => world.receiver.slack.channel().map(({ text }) => text);

it('the whole life of a finding is told in one message, which is edited, with a line in its thread for each step', async () => {
  const { store } = database;
  const payments = findingOf('payments');
  await keepFindings(store, [payments]);
  await tell(store, alertAbout([payments]));
  await deliver();
  const command = `ecr-audit findings acknowledge ${fingerprintOf('payments')} --target ${target}`;
  const approval = `ecr-audit exceptions add ${fingerprintOf('payments')} --until 30d --reason '…' --target ${target}`;
  expect(texts()).toHaveLength(1);
  expect(texts()[0]?.split('\n').slice(0, -1)).toEqual([
    '== HIGH · Everybody can pull payments ==',
    'Everybody can pull payments',
    'The statement `Allow *` of `payments` lets everybody pull.',
    'Where: `arn:aws:ecr:eu-west-1:111122223333:repository/payments`, who: `arn:aws:iam::111122223333:role/deploy`',
    `To say that you look after it: \`${command}\``,
    'What to do: Name the accounts.',
    `To approve it for 30 days: \`${approval}\``,
    'Look closer',
  ]);

  await acknowledge('payments', 'anna');
  await deliver();
  expect(texts()[0]).toContain('== Acknowledged · HIGH · Everybody can pull payments ==');
  expect(texts()[0]).toContain(`Now: anna looks after it since ${at}`);
  expect(texts()[0]).not.toContain(command);
  expect(texts()[0]).toContain(approval);

  await approve('payments');
  await deliver();
  expect(texts()[0]).toContain('== Approved · HIGH · Everybody can pull payments ==');
  expect(texts()[0]).toContain('Now: approved until 2027-03-31T23:59:59.000Z by bo, because: a partner until `spring`');
  expect(texts()[0]).not.toContain(approval);

  await changeFindings(store, ['payments'], {
    kind: 'reopened',
    at: '2027-04-01T00:00:00Z',
    by: null,
    why: 'the exception is over',
  });
  await deliver();
  expect(texts()[0]).toContain('== HIGH · Everybody can pull payments ==');
  expect(texts()[0]).toContain('Now: active again since 2027-04-01T00:00:00.000Z');

  await changeFindings(store, ['payments'], { kind: 'resolved', at: '2027-04-02T00:00:00Z', by: null, why: null });
  await deliver();
  expect(texts()[0]).toContain('== Resolved · HIGH · Everybody can pull payments ==');
  const [message, ...others] = world.receiver.slack.channel();
  expect(others).toEqual([]);
  expect(message?.edits).toBe(4);
  expect(message?.thread.slice(1)).toEqual([
    `Everybody can pull payments: anna looks after it since ${at}`,
    `Everybody can pull payments: approved until 2027-03-31T23:59:59.000Z: a partner until \`spring\`, by bo at ${at}`,
    'Everybody can pull payments: active again since 2027-04-01T00:00:00Z, the exception is over',
    'Everybody can pull payments: resolved at 2027-04-02T00:00:00Z',
  ]);
});

it('a message about several findings shows how each stands, also those that only the thread names', async () => {
  const { store } = database;
  const names = Array.from({ length: 9 }, (_, index) => `team/${index}`);
  const findings = names.map((name) => findingOf(name));
  await keepFindings(store, findings);
  await tell(store, alertAbout(findings));
  await deliver();
  await acknowledge('team/1', 'anna');
  await approve('team/7');
  await changeFindings(store, ['team/0', 'team/8'], { kind: 'resolved', at, by: null, why: null });
  await deliver();
  const [text] = texts();
  expect(text).toContain('== HIGH · 9 findings ==\nNow: of 9 findings 5 open, 1 acknowledged, 1 approved, 2 resolved');
  expect(text).toContain(`Everybody can pull team/0\nNow: resolved at ${at}`);
  expect(text).toContain(`Everybody can pull team/1\nNow: anna looks after it`);
  expect(text).toContain('8. Everybody can pull team/7 Now: approved until');
  expect(text).toContain(`9. Everybody can pull team/8 Now: resolved at ${at}`);
  await changeFindings(store, names, { kind: 'resolved', at, by: null, why: null });
  await deliver();
  expect(texts()[0]).toContain('== Resolved · HIGH · 9 findings ==');
});

it('each message that told of a finding is edited, and one that was not told of it is not', async () => {
  const { store } = database;
  const [a, b] = [findingOf('a'), findingOf('b')];
  await keepFindings(store, [a, b]);
  await tell(store, alertAbout([a]), alertAbout([b]), alertAbout([a, b]));
  await deliver();
  await changeFindings(store, ['a'], { kind: 'resolved', at, by: null, why: null });
  await deliver();
  expect(world.receiver.slack.channel().map(({ edits }) => edits)).toEqual([1, 0, 1]);
});

it('a message that comes late shows how its findings stand by then', async () => {
  const { store } = database;
  const a = findingOf('a', { severity: 'low' });
  await keepFindings(store, [a]);
  const [later] = await store.sql<{ at: string }[]>`select now() + interval '8 hours' as at`;
  await tell(store, alertAbout([a], { notBefore: later?.at ?? null }));
  await changeFindings(store, ['a'], { kind: 'resolved', at, by: null, why: null });
  expect(await deliver()).toBe(0);
  await letPass(store, 9 * 60 * minuteMs);
  await deliver();
  const [message] = world.receiver.slack.channel();
  expect(message?.text).toContain(`Now: resolved at ${at}`);
  expect(message?.thread.at(-1)).toContain('resolved at');
});

it('a message that people deleted is left alone, and one that can no longer be edited gets its line in the thread', async () => {
  const { store } = database;
  const a = findingOf('a');
  await keepFindings(store, [a]);
  await tell(store, alertAbout([a]));
  await deliver();
  await world.receiver.fail('edit_window_closed', { path: '/api/chat.update' });
  await acknowledge('a', 'anna');
  expect(await deliver()).toBe(1);
  const [message] = world.receiver.slack.channel();
  expect([message?.edits, message?.thread.at(-1)]).toEqual([0, expect.stringContaining('anna looks after it')]);
  await world.receiver.fail(null);
  world.receiver.slack.deleteMessages();
  await changeFindings(store, ['a'], { kind: 'resolved', at, by: null, why: null });
  expect(await deliver()).toBe(1);
  expect(world.receiver.slack.channel()).toEqual([]);
});

it('what became of a finding that Slack was never told of is no news there', async () => {
  const { store } = database;
  await keepFindings(store, [findingOf('a')]);
  await acknowledge('a', 'anna');
  expect(await deliver()).toBe(0);
  expect(world.receiver.attempts()).toBe(0);
  expect(await outboxDepths(store.sql)).toEqual([]);
});

it.each(['tooMany', 'serverError', 'hang', 'token_revoked'] as const)(
  'edits that break off, %s, go on where they were, and no line comes twice',
  async (failure) => {
    const { store } = database;
    const findings = ['a', 'b', 'c'].map((name) => findingOf(name));
    await keepFindings(store, findings);
    await tell(store, ...findings.map((finding) => alertAbout([finding])));
    await deliver();
    await changeFindings(store, ['a', 'b', 'c'], { kind: 'resolved', at, by: null, why: null });
    // The first message wholly, the second one without its thread.
    await world.receiver.fail(failure, { after: 3 });
    expect(await deliver()).toBe(0);
    expect(world.receiver.slack.channel().map(({ edits }) => edits)).toEqual([1, 1, 0]);
    await world.receiver.fail(null);
    await letPass(store, 10 * minuteMs);
    expect(await deliver()).toBe(1);
    const channel = world.receiver.slack.channel();
    expect(channel.map(({ edits }) => edits)).toEqual([1, 1, 1]);
    expect(channel.map(({ thread }) => thread.filter((line) => line.includes('resolved at')).length)).toEqual([
      1, 1, 1,
    ]);
  },
);
