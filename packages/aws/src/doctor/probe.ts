import type { CallPlace } from '../attempt.ts';
import { attempt } from '../attempt.ts';
import { sdkErrorName } from '../sdk-error.ts';
import type { AwsSession } from '../session.ts';

/**
 * What became of one call. `notProbed` is no pass: there was nothing to try it with, or no way to get there.
 * `failed` says nothing of the right: the call did not come as far.
 */
export type ProbeOutcome = 'allowed' | 'denied' | 'notProbed' | 'failed';

/** One call that the collectors make, tried in its cheapest form. */
export interface Probe {
  /** IAM's spelling, `ecr:GetRepositoryPolicy`. */
  readonly action: string;
  readonly accountId: string;
  /** Null for what is asked once an account. */
  readonly region: string | null;
  readonly outcome: ProbeOutcome;
  /** Why it was not allowed, in a sentence; null where it was. */
  readonly reason: string | null;
}

export interface ProbePlace {
  readonly accountId: string;
  readonly region: string | null;
}

export type Probed<T> =
  | { readonly kind: 'value'; readonly value: T; readonly probe: Probe }
  | { readonly kind: 'none'; readonly probe: Probe };

/**
 * Tries one call. `goneNames` are errors that only somebody who is allowed to ask gets: they prove the right as well
 * as an answer does, and give no value.
 */
export async function probe<T>(
  session: AwsSession,
  action: string,
  place: ProbePlace,
  call: () => Promise<T>,
  goneNames: readonly string[] = [],
): Promise<Probed<T>> {
  const at: CallPlace = { ...place, source: action, resource: null };
  const result = await attempt<T | typeof gone>(session, at, async () => {
    try {
      return await call();
    } catch (error) {
      if (goneNames.includes(sdkErrorName(error))) {
        return gone;
      }
      throw error;
    }
  });
  if (result.kind === 'gap') {
    const outcome = result.gap.reason === 'accessDenied' ? 'denied' : 'failed';
    return { kind: 'none', probe: { action, ...place, outcome, reason: result.gap.message } };
  }
  const allowed: Probe = { action, ...place, outcome: 'allowed', reason: null };
  return result.value === gone
    ? { kind: 'none', probe: allowed }
    : { kind: 'value', value: result.value, probe: allowed };
}

const gone = Symbol('gone');

export function notProbed(action: string, place: ProbePlace, reason: string): Probe {
  return { action, ...place, outcome: 'notProbed', reason };
}

/** Gives the value of a probe that came back with one, or null. */
export function valueOf<T>(probed: Probed<T>): T | null {
  return probed.kind === 'value' ? probed.value : null;
}
