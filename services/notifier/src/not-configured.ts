import type { Environment } from '@ecr-audit/runtime';
import { interactionsFromEnvironment } from './interactions/interaction-settings.ts';
import { sinksFromEnvironment, type SinkOptions } from './sink-settings.ts';

/** A way of telling people that nothing is set for, and what would set it. */
export interface NotConfigured {
  readonly what: string;
  readonly how: string;
}

/** What an environment leaves out. Throws `ConfigurationError` where it says half. */
export function notConfigured(environment: Environment, options: SinkOptions): readonly NotConfigured[] {
  const names = new Set(sinksFromEnvironment(environment, options).map(({ name }) => name));
  const interactions = interactionsFromEnvironment(environment);
  return [
    ...(names.has('slack') || names.has('slackWebhook')
      ? []
      : [
          {
            what: 'Slack',
            how: 'set `ECR_AUDIT_SLACK_TOKEN` and `ECR_AUDIT_SLACK_CHANNEL`, or `ECR_AUDIT_SLACK_WEBHOOK_URL`',
          },
        ]),
    ...(names.has('slackWebhook')
      ? [
          {
            what: 'threads, edited messages and buttons in Slack',
            how: 'an incoming webhook has none: set `ECR_AUDIT_SLACK_TOKEN` in its place',
          },
        ]
      : []),
    ...(names.has('slack') && interactions === null
      ? [
          {
            what: 'buttons in Slack',
            how: 'set `ECR_AUDIT_SLACK_SIGNING_SECRET` and `ECR_AUDIT_SLACK_INTERACTIONS_PORT`; until then messages name the commands',
          },
        ]
      : []),
    ...(interactions !== null && interactions.approvers.length === 0
      ? [{ what: 'approving in Slack', how: 'name who may in `ECR_AUDIT_SLACK_APPROVERS`' }]
      : []),
    ...(names.has('webhook')
      ? []
      : [{ what: 'webhook', how: 'set `ECR_AUDIT_WEBHOOK_URL` and `ECR_AUDIT_WEBHOOK_SECRET`' }]),
  ];
}
