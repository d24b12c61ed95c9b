import { createTestDatabase, type TestDatabase } from '@ecr-audit/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Receiver, startReceiver } from '../fake-slack/start-receiver.ts';
import { startService } from '../jobs/harness/service-process.ts';
import { until } from '../jobs/harness/until.ts';
import { addAlerts, alertOf, slackToken, webhookSecret } from './alerts-world.ts';

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

it('the notifier delivers to each sink, counts what fails, and names no secret in its log or metrics', async () => {
  await receiver.fail('invalid_auth', { path: '/api/' });
  await addAlerts(database.store, [alertOf('given up')]);
  await database.store.sql`
    insert into audit.outbox_delivery (outbox_id, sink, state, attempts, settled_at)
    select id, sink, state, 5, now() from audit.outbox,
      (values ('webhook', 'dead'), ('slack', 'skipped'), ('lines', 'skipped')) as had (sink, state)`;
  await addAlerts(database.store, [alertOf('first')]);
  const notifier = await startService('notifier', {
    DATABASE_URL: database.url,
    ECR_AUDIT_METRICS_PORT: '0',
    ECR_AUDIT_SLACK_TOKEN: slackToken,
    ECR_AUDIT_SLACK_CHANNEL: 'alerts',
    ECR_AUDIT_SLACK_API_URL: `${receiver.url}/api/`,
    ECR_AUDIT_WEBHOOK_URL: `${receiver.url}/webhook`,
    ECR_AUDIT_WEBHOOK_SECRET: webhookSecret,
    ECR_AUDIT_WEBHOOK_ALLOWED_ADDRESSES: '127.0.0.1/32',
  });
  await until('the refusal', () => notifier.log().includes('does not accept our secret'), { detail: notifier.log });
  await until('the webhook', () => receiver.received.length === 1, { detail: notifier.log });
  const health = /"health":"([^"]+)"/.exec(notifier.log())?.[1] ?? '';
  const metrics = await (await fetch(`${health}/metrics`)).text();
  expect(metrics).toMatch(
    /ecr_audit_delivery_attempts_total\{sink="slack",result="unauthorized",service="notifier"\} \d/,
  );
  expect(metrics).toContain(
    'ecr_audit_delivery_attempts_total{sink="webhook",result="delivered",service="notifier"} 1',
  );
  expect(metrics).toContain('ecr_audit_outbox_messages{sink="slack",state="waiting",service="notifier"} 1');
  expect(metrics).toContain('ecr_audit_outbox_messages{sink="slack",state="dead",service="notifier"} 0');
  expect(metrics).toContain('ecr_audit_outbox_messages{sink="webhook",state="dead",service="notifier"} 1');

  await receiver.fail(null);
  await until('Slack', () => receiver.received.some(({ path }) => path.startsWith('/api/')), { detail: notifier.log });
  expect(await notifier.stop('SIGTERM')).toBe(0);
  expect(notifier.lines()).toHaveLength(1);
  expect(`${notifier.log()}${metrics}`).not.toMatch(/xoxb|a-secret/);
});
