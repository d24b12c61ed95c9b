/**
 * How something stands. `problem` must be mended before the audit sees everything, `warning` should be; `notProbed` is
 * no pass: nobody knows.
 */
export type CheckStatus = 'ok' | 'problem' | 'warning' | 'notProbed';

export const checkAreas = ['configuration', 'credentials', 'organization', 'accounts', 'database', 'queues'] as const;
export type CheckArea = (typeof checkAreas)[number];

/** One finding of the doctor. */
export interface Check {
  readonly area: CheckArea;
  readonly status: CheckStatus;
  /** What was found, in a sentence that holds no secret. */
  readonly message: string;
  /** What to do about it; null where there is nothing to do. */
  readonly advice: string | null;
  /** The action that is missing or was not probed, as a program wants it. */
  readonly action?: string;
  readonly accountId?: string;
  readonly regions?: readonly string[];
}

export function ok(area: CheckArea, message: string): Check {
  return { area, status: 'ok', message, advice: null };
}

export function problem(area: CheckArea, message: string, advice: string | null): Check {
  return { area, status: 'problem', message, advice };
}

export function warning(area: CheckArea, message: string, advice: string | null): Check {
  return { area, status: 'warning', message, advice };
}

export function unknown(area: CheckArea, message: string, advice: string | null = null): Check {
  return { area, status: 'notProbed', message, advice };
}
