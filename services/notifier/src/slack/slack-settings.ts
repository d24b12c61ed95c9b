import { setting } from '@ecr-audit/runtime';
import { z } from 'zod';
import { httpUrl } from '../http/http-url.ts';

/** Where Slack is, and who we are there. */
export const slackSettings = {
  slackToken: setting({
    variable: 'ECR_AUDIT_SLACK_TOKEN',
    expected: 'nothing, or the bot token of a Slack app, `xoxb-…`, with the scope `chat:write`',
    schema: z
      .string()
      .regex(/^xox[a-z]-[\w-]{8,250}$/)
      .optional(),
    isSecret: true,
  }),
  slackApiUrl: setting({
    variable: 'ECR_AUDIT_SLACK_API_URL',
    expected: 'nothing, or the address of the API of Slack, `https://slack-gov.com/api/`',
    schema: httpUrl().optional(),
  }),
};
