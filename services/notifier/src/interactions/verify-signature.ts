import { createHmac, timingSafeEqual } from 'node:crypto';

// https://docs.slack.dev/authentication/verifying-requests-from-slack
const version = 'v0';
const replayWindowMs = 5 * 60_000;

export interface SignedRequest {
  readonly signature: string | undefined;
  /** Seconds, as the header says them. */
  readonly timestamp: string | undefined;
  /** As it came, before anything reads it. */
  readonly body: Buffer;
}

/** Whether Slack signed the request, with our secret, in the last five minutes by our clock. */
export function isSignedBySlack(
  { signature, timestamp, body }: SignedRequest,
  { secret, now }: { readonly secret: string; readonly now: Date },
): boolean {
  if (signature === undefined || timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) {
    return false;
  }
  const hmac = createHmac('sha256', secret).update(`${version}:${timestamp}:`).update(body).digest('hex');
  const expected = Buffer.from(`${version}=${hmac}`);
  const given = Buffer.from(signature);
  // Of another length it is not compared: the length is no secret.
  return (
    given.length === expected.length &&
    timingSafeEqual(given, expected) &&
    Math.abs(now.getTime() - Number(timestamp) * 1_000) <= replayWindowMs
  );
}

// A click takes one; ten thousand in ten minutes is nobody's click.
const rememberedMax = 10_000;

/** Remembers which requests were taken, for as long as their signatures hold: a copy of one does nothing again. */
export class TakenRequests {
  readonly #takenAt = new Map<string, number>();

  /** True the first time. */
  take(signature: string, now: Date): boolean {
    for (const [old, takenAt] of this.#takenAt) {
      // Slack's clock may be ahead of ours by a window, so that a signature holds for two.
      if (this.#takenAt.size < rememberedMax && now.getTime() - takenAt <= 2 * replayWindowMs) {
        break;
      }
      this.#takenAt.delete(old);
    }
    if (this.#takenAt.has(signature)) {
      return false;
    }
    this.#takenAt.set(signature, now.getTime());
    return true;
  }

  /** As if it had not come: what failed may be tried again. */
  forget(signature: string): void {
    this.#takenAt.delete(signature);
  }
}
