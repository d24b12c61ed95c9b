import type { DeliveryOutcome, OutboxRow } from '@ecr-audit/store';
import type { Attempt } from './sink.ts';

const retryDelayMsFirst = 1_000;
const retryDelayMsMax = 5 * 60_000;
// A receiver that says more is not believed: its clock, or its word, is wrong.
const retryAfterMsMax = 60 * 60_000;
// A message that is refused holds up the others: half a minute tells a slip from a verdict.
const refusalsMax = 5;
// A weekend and a day to mend what is broken.
const awayMsMax = 3 * 24 * 60 * 60_000;

/**
 * Doubles from one second to five minutes.
 *
 * @internal exported for its test
 */
export function retryDelayMs(attempts: number): number {
  return Math.min(retryDelayMsFirst * 2 ** Math.min(attempts - 1, 20), retryDelayMsMax);
}

/** What is kept of an attempt: when the message is due again, and whether it is given up. */
export function afterAttempt(
  attempt: Attempt,
  row: Pick<OutboxRow, 'attempts' | 'firstFailedAt'>,
  now: Date,
): DeliveryOutcome {
  if (attempt.kind !== 'failed') {
    return attempt;
  }
  const { failure, reason, retryAfterMs, progress } = attempt;
  const attempts = row.attempts + 1;
  const isDead =
    failure === 'refused'
      ? attempts >= refusalsMax
      : // A secret that was revoked is no fault of the message: it waits until there is another one.
        failure === 'away' && row.firstFailedAt !== null && now.getTime() - Date.parse(row.firstFailedAt) >= awayMsMax;
  return {
    kind: 'failed',
    reason,
    retryDelayMs: Math.max(Math.min(retryAfterMs ?? 0, retryAfterMsMax), retryDelayMs(attempts)),
    isDead,
    progress,
  };
}
