import { z } from '@hono/zod-openapi';

const dayMs = 24 * 60 * 60 * 1000;
const daysMax = 3650;
const expected = `expected an ISO time such as \`2026-11-16T06:00:00Z\`, or a number of days before now such as \`90d\`, at most ${daysMax}d`;

/** A time that was given as such, or as a while before now. ISO, UTC. */
export type GivenTime = (now: Date) => string;

const dateTime = z.iso.datetime({ offset: true });

/** A parameter that names a time. */
export function timeQuery(description: string): z.ZodType<GivenTime | undefined> {
  return z
    .string({ error: expected })
    .transform((value, context): GivenTime => {
      const days = /^(\d{1,4})d$/.exec(value)?.[1];
      if (days !== undefined && Number(days) <= daysMax) {
        return (now) => new Date(now.getTime() - Number(days) * dayMs).toISOString();
      }
      if (dateTime.safeParse(value).success) {
        const time = new Date(value).toISOString();
        return () => time;
      }
      context.addIssue({ code: 'custom', message: expected });
      return z.NEVER;
    })
    .optional()
    .openapi({ type: 'string', example: '90d', description: `${description} An ISO time, or days before now.` });
}
