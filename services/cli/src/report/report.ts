import type { CollectionGap, Coverage, DocumentProblem } from '@ecr-audit/access';
import type { EvaluationCounts } from '@ecr-audit/store';
import type { OutsideAccess } from './outside.ts';
import type { Powers } from './powers.ts';
import type { TokenlessAccess } from './tokenless.ts';

/** What one scan found, as `--format json` prints it. */
export interface Report {
  readonly scan: {
    readonly id: string;
    readonly target: string;
    readonly takenAt: string;
    /** The time of the scan before; null for the first one, which is the baseline. */
    readonly previousTakenAt: string | null;
    readonly changes: Pick<EvaluationCounts, 'opened' | 'closed' | 'unchanged'>;
  };
  readonly totals: {
    readonly accounts: number;
    readonly registries: number;
    readonly principals: number;
    readonly repositories: number;
  };
  /** What was not read, or only in part. */
  readonly coverage: readonly (Coverage & { readonly accountName: string })[];
  /** How many sources were read in full, of all. */
  readonly sources: { readonly complete: number; readonly all: number };
  readonly gaps: readonly CollectionGap[];
  readonly problems: readonly DocumentProblem[];
  readonly powers: readonly Powers[];
  readonly outside: readonly OutsideAccess[];
  readonly tokenless: readonly TokenlessAccess[];
}
