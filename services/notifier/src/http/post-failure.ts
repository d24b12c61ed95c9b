import type { Attempt } from '../sinks/sink.ts';
import { AddressRefusedError, type PostAnswer } from './guarded-post.ts';

type Failure = Extract<Attempt, { readonly kind: 'failed' }>;

/** What an answer other than 2xx means for the message. The text of the answer is not repeated: it may echo a secret. */
export function failureOfAnswer({ status, retryAfter }: PostAnswer): Failure {
  const reason = `the receiver answered ${status}`;
  const retryAfterMs = retryAfterMsOf(retryAfter);
  if (status >= 300 && status < 400) {
    return failed('away', `${reason}, a redirect, which is not followed: name the address that it leads to`, null);
  }
  if (status === 401 || status === 403) {
    return failed('unauthorized', reason, retryAfterMs);
  }
  if (status === 400 || status === 413 || status === 415 || status === 422) {
    return failed('refused', reason, retryAfterMs);
  }
  return failed('away', reason, retryAfterMs);
}

/** What it means that there was no answer. */
export function failureOfError(error: unknown): Failure {
  if (error instanceof AddressRefusedError) {
    return failed('away', error.message, null);
  }
  const name = error instanceof Error ? error.name : '';
  if (name === 'AbortError' || name === 'TimeoutError') {
    return failed('away', 'the receiver did not answer in time', null);
  }
  // The code alone: messages of the network name the address, and a path in it may be the secret.
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown failure';
  return failed('away', `the receiver cannot be reached: ${code}`, null);
}

export function failed(failure: Failure['failure'], reason: string, retryAfterMs: number | null): Failure {
  return { kind: 'failed', failure, reason, retryAfterMs, progress: null };
}

// The other form, a date, is compared with a clock that is not ours; such a receiver is asked again by our own delays.
function retryAfterMsOf(value: string | null): number | null {
  return value !== null && /^\d{1,6}$/.test(value) ? Number(value) * 1_000 : null;
}
