import { ConfigurationError, type Environment, readConfiguration, setting } from '@ecr-audit/runtime';
import { z } from 'zod';
import { addressGuard, isAddressRange } from './http/address-guard.ts';
import { httpUrl } from './http/http-url.ts';
import type { Sink } from './sinks/sink.ts';
import { streamSink } from './sinks/stream-sink.ts';
import { webhookSink } from './sinks/webhook-sink.ts';
import type { Offers } from './slack/buttons.ts';
import { slackSettings } from './slack/slack-settings.ts';
import { slackSink } from './slack/slack-sink.ts';
import { slackWebhookSink } from './slack/slack-webhook-sink.ts';

// Of HMAC-SHA256 a shorter key can be guessed: https://www.rfc-editor.org/rfc/rfc2104, section 3.
const secretLengthMin = 24;

const sinkSettings = {
  ...slackSettings,
  slackChannel: setting({
    variable: 'ECR_AUDIT_SLACK_CHANNEL',
    expected: 'nothing, or the id or name of a channel, `C0123456789` or `#ecr-audit`',
    schema: z
      .string()
      .regex(/^#?[^\s#@<>&|,]{1,80}$/)
      .optional(),
  }),
  slackWebhookUrl: setting({
    variable: 'ECR_AUDIT_SLACK_WEBHOOK_URL',
    expected: 'nothing, or the address of an incoming webhook of Slack, `https://hooks.slack.com/services/…`',
    schema: httpUrl().optional(),
    isSecret: true,
  }),
  webhookUrl: setting({
    variable: 'ECR_AUDIT_WEBHOOK_URL',
    expected: 'nothing, or an `https` address that takes POST requests',
    schema: httpUrl().optional(),
    isSecret: true,
  }),
  webhookSecret: setting({
    variable: 'ECR_AUDIT_WEBHOOK_SECRET',
    expected: `nothing, or at least ${secretLengthMin} characters that sign the requests`,
    schema: z.string().min(secretLengthMin).optional(),
    isSecret: true,
  }),
  allowedAddresses: setting({
    variable: 'ECR_AUDIT_WEBHOOK_ALLOWED_ADDRESSES',
    expected: 'nothing, or ranges of private addresses that webhooks may be at, `10.1.2.0/24,fd00::/8`',
    schema: z
      .string()
      .prefault('')
      .transform((text) =>
        text
          .split(',')
          .map((range) => range.trim())
          .filter((range) => range !== ''),
      )
      .refine((ranges) => ranges.every(isAddressRange)),
  }),
};

export interface SinkOptions {
  readonly stream: NodeJS.WritableStream;
  readonly now: () => Date;
  /** How long a receiver may take to answer; ten seconds where nothing is said. */
  readonly timeoutMs?: number;
  /** What messages in Slack offer; nothing where nobody hears a click. */
  readonly offers?: Offers;
}

/**
 * The sinks that the environment configures; lines on `stream` are always one. Secrets may lie in files (`…_FILE`).
 *
 * Throws `ConfigurationError`.
 */
export function sinksFromEnvironment(
  environment: Environment,
  { stream, now, timeoutMs, offers = null }: SinkOptions,
): readonly Sink[] {
  const given = readConfiguration(sinkSettings, environment);
  const { slackToken: token, slackChannel: channel, slackApiUrl, slackWebhookUrl, webhookUrl, webhookSecret } = given;
  const isAllowed = addressGuard(given.allowedAddresses);
  const bounds = timeoutMs === undefined ? {} : { timeoutMs };
  const problems = contradictions(given);
  if (problems.length > 0) {
    throw new ConfigurationError(problems);
  }
  return [
    streamSink(stream),
    ...(token === undefined || channel === undefined
      ? []
      : [
          slackSink({
            token,
            channel,
            offers,
            ...(slackApiUrl === undefined ? {} : { apiUrl: slackApiUrl.href }),
            ...bounds,
          }),
        ]),
    ...(slackWebhookUrl === undefined ? [] : [slackWebhookSink({ url: slackWebhookUrl, isAllowed, ...bounds })]),
    ...(webhookUrl === undefined || webhookSecret === undefined
      ? []
      : [webhookSink({ url: webhookUrl, secret: webhookSecret, isAllowed, now, ...bounds })]),
  ];
}

function contradictions(given: {
  readonly slackToken: string | undefined;
  readonly slackChannel: string | undefined;
  readonly slackWebhookUrl: URL | undefined;
  readonly webhookUrl: URL | undefined;
  readonly webhookSecret: string | undefined;
  readonly allowedAddresses: readonly string[];
}): readonly string[] {
  const { slackToken, slackChannel, slackWebhookUrl, webhookUrl, webhookSecret, allowedAddresses } = given;
  const clear = [
    ['ECR_AUDIT_SLACK_WEBHOOK_URL', slackWebhookUrl],
    ['ECR_AUDIT_WEBHOOK_URL', webhookUrl],
  ] as const;
  return [
    ...needsOther(['ECR_AUDIT_SLACK_TOKEN', slackToken], ['ECR_AUDIT_SLACK_CHANNEL', slackChannel]),
    ...needsOther(['ECR_AUDIT_WEBHOOK_URL', webhookUrl], ['ECR_AUDIT_WEBHOOK_SECRET', webhookSecret]),
    ...(slackToken !== undefined && slackWebhookUrl !== undefined
      ? [
          '`ECR_AUDIT_SLACK_TOKEN` and `ECR_AUDIT_SLACK_WEBHOOK_URL` are both set: expected one, or people are told twice',
        ]
      : []),
    // Whoever listens on the way would read who can do what.
    ...clear
      .filter(([, url]) => url?.protocol === 'http:' && allowedAddresses.length === 0)
      .map(([name]) => `\`${name}\` cannot be used: expected \`https\`, since no private addresses are allowed`),
  ];
}

function needsOther(one: readonly [string, unknown], other: readonly [string, unknown]): readonly string[] {
  const [first, second] = one[1] === undefined ? [other, one] : [one, other];
  return first[1] !== undefined && second[1] === undefined
    ? [`\`${second[0]}\` is not set: expected it beside \`${first[0]}\``]
    : [];
}
