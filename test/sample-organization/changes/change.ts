import type { ApiCall } from '../activity/api-call.ts';
import type { Company } from '../model.ts';

/** Something that somebody did in the week: what CloudTrail saw of it, and what was different afterwards. */
export interface Change {
  kind: string;
  calls: ApiCall[];
  apply(company: Company): void;
}
