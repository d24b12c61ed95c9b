import { describe, expect, it } from 'vitest';
import { interactionsFromEnvironment } from './interaction-settings.ts';
import { offersOf } from './start-interactions.ts';

const token = { ECR_AUDIT_SLACK_TOKEN: 'xoxb-123456789' };
const complete = {
  ...token,
  ECR_AUDIT_SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5',
  ECR_AUDIT_SLACK_INTERACTIONS_PORT: '8090',
};

describe('clicks', () => {
  it('are not heard where nothing says so, and messages offer nothing then', () => {
    expect(interactionsFromEnvironment(token)).toBeNull();
    expect(offersOf(null)).toBeNull();
  });

  it('are heard with a secret and a port, on this machine alone, and nobody approves', () => {
    const settings = interactionsFromEnvironment(complete);
    expect(settings).toMatchObject({ host: '127.0.0.1', port: 8090, approvers: [] });
    expect(offersOf(settings)).toEqual({ canApprove: false });
  });

  it('let those approve that are listed', () => {
    const settings = interactionsFromEnvironment({ ...complete, ECR_AUDIT_SLACK_APPROVERS: 'U0123, S0123 ,' });
    expect(settings?.approvers).toEqual(['U0123', 'S0123']);
    expect(offersOf(settings)).toEqual({ canApprove: true });
  });

  it.each([
    [{ ...complete, ECR_AUDIT_SLACK_TOKEN: '' }, /`ECR_AUDIT_SLACK_TOKEN` is not set/],
    [{ ...complete, ECR_AUDIT_SLACK_SIGNING_SECRET: '' }, /`ECR_AUDIT_SLACK_SIGNING_SECRET` is not set/],
    [{ ...complete, ECR_AUDIT_SLACK_INTERACTIONS_PORT: '' }, /`ECR_AUDIT_SLACK_INTERACTIONS_PORT` is not set/],
    [{ ...token, ECR_AUDIT_SLACK_APPROVERS: 'U0123' }, /`ECR_AUDIT_SLACK_SIGNING_SECRET` is not set/],
    [{ ...complete, ECR_AUDIT_SLACK_INTERACTIONS_PORT: '70000' }, /`ECR_AUDIT_SLACK_INTERACTIONS_PORT` cannot be used/],
    [{ ...complete, ECR_AUDIT_SLACK_APPROVERS: '@anna' }, /`ECR_AUDIT_SLACK_APPROVERS` cannot be used/],
    [{ ...complete, ECR_AUDIT_SLACK_SIGNING_SECRET: 'short' }, /^(?!.*short)/],
  ])('are refused where the environment says half: %j', (environment, message) => {
    expect(() => interactionsFromEnvironment(environment)).toThrow(message);
  });
});
