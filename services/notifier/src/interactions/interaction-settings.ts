import { ConfigurationError, type Environment, readConfiguration, setting } from '@ecr-audit/runtime';
import { z } from 'zod';
import { slackSettings } from '../slack/slack-settings.ts';

// Slack's have 32; half of that cannot be guessed either.
const secretLengthMin = 16;
const portMax = 65_535;

const interactionSettings = {
  signingSecret: setting({
    variable: 'ECR_AUDIT_SLACK_SIGNING_SECRET',
    expected: 'nothing, or the signing secret of the Slack app, from its basic information',
    schema: z.string().min(secretLengthMin).optional(),
    isSecret: true,
  }),
  host: setting({
    variable: 'ECR_AUDIT_SLACK_INTERACTIONS_HOST',
    expected: 'an address on which the clicks of Slack arrive',
    schema: z.string().default('127.0.0.1'),
  }),
  port: setting({
    variable: 'ECR_AUDIT_SLACK_INTERACTIONS_PORT',
    expected: `nothing, or a port from 0 to ${portMax} on which the clicks of Slack arrive`,
    schema: z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .pipe(z.int().max(portMax))
      .optional(),
  }),
  approvers: setting({
    variable: 'ECR_AUDIT_SLACK_APPROVERS',
    expected: 'nothing, or ids of Slack users and user groups that may approve, `U0123456789,S0123456789`',
    schema: z
      .string()
      .prefault('')
      .transform((text) =>
        text
          .split(',')
          .map((id) => id.trim())
          .filter((id) => id !== ''),
      )
      .refine((ids) => ids.every((id) => /^[SUW][A-Z0-9]{2,40}$/.test(id))),
  }),
};

export interface InteractionSettings {
  readonly token: string;
  readonly apiUrl: string | null;
  readonly signingSecret: string;
  readonly host: string;
  readonly port: number;
  /** Ids of users and user groups; without any nobody approves from Slack. */
  readonly approvers: readonly string[];
}

/** How clicks are heard, as the environment says; null where they are not. Throws `ConfigurationError`. */
export function interactionsFromEnvironment(environment: Environment): InteractionSettings | null {
  const given = readConfiguration({ ...interactionSettings, ...slackSettings }, environment);
  const { signingSecret, host, port, approvers, slackToken: token, slackApiUrl } = given;
  if (signingSecret !== undefined && port !== undefined && token !== undefined) {
    return { token, apiUrl: slackApiUrl?.href ?? null, signingSecret, host, port, approvers };
  }
  const wanted = [
    ['ECR_AUDIT_SLACK_SIGNING_SECRET', signingSecret],
    ['ECR_AUDIT_SLACK_INTERACTIONS_PORT', port],
    ...(approvers.length > 0 ? [['ECR_AUDIT_SLACK_APPROVERS', approvers] as const] : []),
  ] as const;
  const first = wanted.find(([, value]) => value !== undefined);
  if (first === undefined) {
    return null;
  }
  const needed = [...wanted.slice(0, 2), ['ECR_AUDIT_SLACK_TOKEN', token] as const];
  throw new ConfigurationError(
    needed
      .filter(([, value]) => value === undefined)
      .map(([variable]) => `\`${variable}\` is not set: expected it beside \`${first[0]}\``),
  );
}
