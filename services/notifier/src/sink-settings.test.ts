import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { sinksFromEnvironment } from './sink-settings.ts';

const names = (environment: Readonly<Record<string, string>>): readonly string[] =>
  sinksFromEnvironment(environment, { stream: new PassThrough(), now: () => new Date(0) }).map(({ name }) => name);

const slack = { ECR_AUDIT_SLACK_TOKEN: 'xoxb-123456789', ECR_AUDIT_SLACK_CHANNEL: '#alerts' };
const webhook = { ECR_AUDIT_WEBHOOK_URL: 'https://hook.example.com/a', ECR_AUDIT_WEBHOOK_SECRET: 'x'.repeat(24) };
const simple = { ECR_AUDIT_SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T0/B0/secret' };

describe('the sinks', () => {
  it.each([
    [{}, ['lines']],
    [slack, ['lines', 'slack']],
    [{ ...simple, ...webhook }, ['lines', 'slackWebhook', 'webhook']],
  ])('of an environment are what it configures, and lines', (environment, expected) => {
    expect(names(environment)).toEqual(expected);
  });

  it.each([
    [{ ECR_AUDIT_SLACK_TOKEN: 'xoxb-123456789' }, /`ECR_AUDIT_SLACK_CHANNEL` is not set/],
    [{ ECR_AUDIT_SLACK_CHANNEL: 'alerts' }, /`ECR_AUDIT_SLACK_TOKEN` is not set/],
    [{ ECR_AUDIT_WEBHOOK_URL: 'https://hook.example.com' }, /`ECR_AUDIT_WEBHOOK_SECRET` is not set/],
    [{ ...slack, ...simple }, /are both set/],
    [{ ...webhook, ECR_AUDIT_WEBHOOK_URL: 'http://hook.example.com' }, /expected `https`/],
    [{ ...webhook, ECR_AUDIT_WEBHOOK_URL: 'file:///etc/passwd' }, /`ECR_AUDIT_WEBHOOK_URL` cannot be used/],
    [{ ...webhook, ECR_AUDIT_WEBHOOK_SECRET: 'short' }, /`ECR_AUDIT_WEBHOOK_SECRET` cannot be used/],
    [{ ECR_AUDIT_WEBHOOK_ALLOWED_ADDRESSES: '10.0.0.0' }, /`ECR_AUDIT_WEBHOOK_ALLOWED_ADDRESSES` cannot be used/],
  ])('are refused where %j contradicts itself or says half', (environment, message) => {
    expect(() => names(environment)).toThrow(message);
  });

  it.each([
    { ...slack, ECR_AUDIT_SLACK_TOKEN: 'a secret token' },
    { ...simple, ECR_AUDIT_SLACK_WEBHOOK_URL: 'secret' },
  ])('are refused without repeating a secret', (environment) => {
    expect(() => names(environment)).toThrow(/^(?!.*secret)/);
  });
});
