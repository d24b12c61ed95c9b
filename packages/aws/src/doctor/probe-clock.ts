import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';

import type { AwsSession } from '../session.ts';

/**
 * Gives how far the clock of this machine is ahead of AWS's, in milliseconds (negative: behind), or null where the answer
 * carries no time. AWS tells whole seconds, and the answer takes its way, so a second or two mean nothing.
 *
 * Asks STS, which needs no permission. Throws what the SDK throws.
 */
export async function probeClock(session: AwsSession, now: () => Date): Promise<number | null> {
  let dateOfAws: number | null = null;
  const command = new GetCallerIdentityCommand({});
  command.middlewareStack.add(
    (next) => async (given) => {
      const result = await next(given);
      dateOfAws = dateOf(result.response);
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'ecrAuditClock' },
  );
  const startedMs = now().getTime();
  await session.sts.send(command);
  const endedMs = now().getTime();
  return dateOfAws === null ? null : Math.round((startedMs + endedMs) / 2 - dateOfAws);
}

function dateOf(response: unknown): number | null {
  const headers: unknown = property(response, 'headers');
  const text = property(headers, 'date');
  const time = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
