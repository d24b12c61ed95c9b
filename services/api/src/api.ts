import type { Logger } from '@ecr-audit/runtime';
import type { Store } from '@ecr-audit/store';
import type { AuditTrail } from './auth/audit-trail.ts';
import type { Authentication } from './auth/authentication-of.ts';
import type { Reports } from './reports/reports.ts';

/** What the routes need from outside. */
export interface ApiDependencies {
  readonly store: Store;
  readonly logger: Logger;
  /** Milliseconds of a clock that never goes back, for the durations in the log. */
  readonly clock: () => number;
  /** The time of what people do. */
  readonly now: () => Date;
  /** How it knows who asks. `off` answers whoever asks from this machine, and nobody else. */
  readonly authentication: 'off' | Authentication;
  /** Where it is kept who asked what; nowhere where nothing is said. */
  readonly trail?: AuditTrail | null;
  /** Whose pages may ask from within a browser; none where nothing is said. */
  readonly origins?: readonly string[];
  /** Where answers are made that take seconds; in the thread that answers everything else where nothing is said. */
  readonly reports?: Reports;
}
