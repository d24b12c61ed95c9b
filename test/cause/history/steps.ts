import { identitySteps } from './identity-steps.ts';
import { organizationSteps } from './organization-steps.ts';
import { principalSteps } from './principal-steps.ts';
import { registrySteps } from './registry-steps.ts';
import { sequenceSteps } from './sequence-steps.ts';
import type { Step } from './step.ts';
import { unexplainedSteps } from './unexplained-steps.ts';

/** The whole history, each step from the same state. */
export const steps: readonly Step[] = [
  ...identitySteps,
  ...principalSteps,
  ...registrySteps,
  ...organizationSteps,
  ...sequenceSteps,
  ...unexplainedSteps,
];
