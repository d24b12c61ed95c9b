import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { notConfigured } from './not-configured.ts';

const slack = { ECR_AUDIT_SLACK_TOKEN: 'xoxb-123456789', ECR_AUDIT_SLACK_CHANNEL: '#alerts' };
const webhook = { ECR_AUDIT_WEBHOOK_URL: 'https://hook.example.com/a', ECR_AUDIT_WEBHOOK_SECRET: 'x'.repeat(24) };
const buttons = {
  ECR_AUDIT_SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5',
  ECR_AUDIT_SLACK_INTERACTIONS_PORT: '8090',
};

it.each([
  [{}, ['Slack', 'webhook']],
  [slack, ['buttons in Slack', 'webhook']],
  [{ ...slack, ...buttons, ...webhook }, ['approving in Slack']],
  [{ ...slack, ...buttons, ...webhook, ECR_AUDIT_SLACK_APPROVERS: 'U0123' }, []],
  [
    { ...webhook, ECR_AUDIT_SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T0/B0/x' },
    ['threads, edited messages and buttons in Slack'],
  ],
])('what an environment leaves out is told, with what would set it: %j', (environment, expected) => {
  const found = notConfigured(environment, { stream: new PassThrough(), now: () => new Date(0) });
  expect(found.map(({ what }) => what)).toEqual(expected);
  expect(found.every(({ how }) => how.includes('ECR_AUDIT_'))).toBe(true);
});
