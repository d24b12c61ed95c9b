import type { FindingState } from '../finding-life/finding-state.ts';
import type { Finding } from '../findings/finding.ts';

/** What became of a finding, as far as the formats can say it. Times are ISO, UTC. */
export type FindingLife = Pick<FindingState, 'status' | 'openedAt' | 'changedAt' | 'resolvedAt' | 'acknowledged'>;

/** One finding to export. `life` is null where nobody keeps findings, as when a directory is judged. */
export interface ExportedFinding {
  readonly finding: Finding;
  readonly life: FindingLife | null;
}

/** Who exports, and how old what is exported is. */
export interface ExportSource {
  readonly product: { readonly name: string; readonly vendor: string; readonly version: string };
  /** When the snapshot was taken that the findings were judged by. ISO, UTC. */
  readonly observedAt: string;
}

/** `2026-11-16T06:00:00.000Z`, which every consumer reads; `Z` may be written in other ways in a snapshot. */
export function isoTime(time: string): string {
  return new Date(time).toISOString();
}
