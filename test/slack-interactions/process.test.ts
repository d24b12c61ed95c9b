import { createHmac } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@ecr-audit/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { slackToken } from '../alerts/alerts-world.ts';
import { ownTeam } from '../fake-slack/slack-workspace.ts';
import { type Receiver, startReceiver } from '../fake-slack/start-receiver.ts';
import { startService } from '../jobs/harness/service-process.ts';
import { until } from '../jobs/harness/until.ts';
import { alertAbout, findingOf, fingerprintOf, keepFindings, target, tell } from '../slack-life/findings-world.ts';
import { signingSecret } from './clicks-world.ts';

let database: TestDatabase;
let receiver: Receiver;

beforeAll(async () => {
  database = await createTestDatabase();
  receiver = await startReceiver();
});
afterAll(async () => {
  await receiver.close();
  await database.drop();
});

it('the notifier hears a click, edits the message, and names no secret in its log', async () => {
  await keepFindings(database.store, [findingOf('payments')]);
  await tell(database.store, alertAbout([findingOf('payments')]));
  const notifier = await startService('notifier', {
    DATABASE_URL: database.url,
    ECR_AUDIT_SLACK_TOKEN: slackToken,
    ECR_AUDIT_SLACK_CHANNEL: 'alerts',
    ECR_AUDIT_SLACK_API_URL: `${receiver.url}/api/`,
    ECR_AUDIT_SLACK_SIGNING_SECRET: signingSecret,
    ECR_AUDIT_SLACK_INTERACTIONS_PORT: '0',
  });
  const message = (): string => receiver.slack.channel()[0]?.text ?? '';
  await until('the alert', () => message().includes('[Acknowledge] [Explain]'), { detail: notifier.log });
  const url = /"interactions":"([^"]+)"/.exec(notifier.log())?.[1] ?? '';
  const payload = JSON.stringify({
    type: 'block_actions',
    user: { id: 'U0ANNA', name: 'anna', team_id: ownTeam },
    team: { id: ownTeam },
    trigger_id: '1.2.3',
    channel: { id: 'C0123456789' },
    actions: [{ action_id: 'ecr_audit_acknowledge', value: JSON.stringify([fingerprintOf('payments'), target]) }],
  });
  const body = new URLSearchParams({ payload }).toString();
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  const headers = { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${signature}` };
  expect((await fetch(url, { method: 'POST', body, headers })).status).toBe(200);
  await until('the edit', () => message().includes('(anna) looks after it since'), { detail: notifier.log });
  expect((await fetch(url, { method: 'POST', body: `${body}&`, headers })).status).toBe(401);
  await until('the refusal', () => notifier.log().includes('"why":"unsigned"'), { detail: notifier.log });
  expect(await notifier.stop('SIGTERM')).toBe(0);
  expect(notifier.log()).toContain(`slack:${ownTeam}/U0ANNA (anna)`);
  expect(notifier.log()).not.toMatch(new RegExp(`xoxb|${signingSecret}`));
});
