import type { CollectionGap } from '@ecr-audit/access';
import { stepName, type ScanStep } from '@ecr-audit/store';

/** A step met something that passes, such as throttling, and is read again. Nothing of it was kept. */
export class StepUnfinished extends Error {
  constructor(step: ScanStep, gaps: readonly CollectionGap[]) {
    super(`step \`${stepName(step)}\` is read again: ${gaps[0]?.message ?? 'it was not read whole'}`);
    this.name = 'StepUnfinished';
  }
}
