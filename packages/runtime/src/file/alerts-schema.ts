import { z } from 'zod';
import * as leaf from './leaves.ts';

/*
 * Which alerts go where, and when. Where the sinks are, and their secrets, is the environment's to say: they belong to one
 * deployment, and the notifier alone reads them.
 */

const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
const severity = z.enum(severities, { error: `one of ${severities.map((name) => `\`${name}\``).join(', ')}` });
const clock = z
  .string({ error: 'a time such as `07:30`, in quotes' })
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: 'a time such as `07:30`, in quotes' });
const channelExpected = 'the id or the name of a channel, `C0123456789` or `#ecr-audit`';
const channel = z.string({ error: channelExpected }).regex(/^#?[^\s#@<>&|,]{1,80}$/, { error: channelExpected });
const patternExpected = 'a pattern of repository names, `prod/*`';
const routesMax = 100;

const route = leaf.mapOf({
  channel: channel.describe('Where these findings are told.'),
  severity: severity.default('info').describe('This severity and graver ones.'),
  accounts: leaf.accountIds.default([]).describe('Account ids; none stands for every account.'),
  repositories: leaf
    .listOf(z.string({ error: patternExpected }).min(1, { error: patternExpected }).max(256), 'a list of patterns')
    .default([])
    .describe('Patterns of repository names, with `*` for any characters; none stands for every repository.'),
  tags: leaf.tags.default({}).describe('Tags of repositories, such as their owner; a repository needs one of them.'),
});

export const alerts = leaf
  .mapOf({
    link: z
      .string({ error: 'an `https` address' })
      .regex(/^https:\/\/[\w.:-]{1,253}(?:\/[\w./~-]{0,500})?$/, { error: 'an `https` address' })
      .optional()
      .describe('Where people look closer; every alert leads there.'),
    routes: leaf
      .listOf(route, 'a list of routes', routesMax)
      .default([])
      .describe('The first that fits decides. What fits none goes to the channel of the sink.'),
    timeZone: z
      .string({ error: 'the name of a time zone such as `Europe/Berlin`' })
      .refine(isTimeZone, { error: 'the name of a time zone such as `Europe/Berlin`' })
      .default('UTC')
      .describe('Whose clocks the times here are on.'),
    quietHours: leaf
      .mapOf({
        from: clock.describe('First minute of the quiet hours.'),
        to: clock.describe('First minute after them; before `from` it is that of the next day.'),
        except: severity.default('critical').describe('This severity and graver ones are told at once all the same.'),
      })
      .optional()
      .describe('When alerts wait.'),
    digest: leaf
      .mapOf({
        severity: severity.default('low').describe('This severity and lesser ones.'),
        at: clock.default('09:00').describe('When they are told.'),
      })
      .prefault({})
      .describe('Lesser findings are told together, once a day.'),
    messagesMax: leaf
      .wholeNumber(2, 100)
      .default(10)
      .describe('Alerts to one channel at a time; what is more is told in the last of them.'),
  })
  .prefault({})
  .describe('Which alerts go where, and when.');

export type AlertsContent = z.output<typeof alerts>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
