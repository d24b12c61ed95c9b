import { assembleSnapshot } from '@ecr-audit/access';
import * as fc from 'fast-check';

import { organizationPlan } from './arbitrary/organization.ts';
import { compareEvaluators, EVALUATORS, type EvaluatorsComparison } from './compare/compare-evaluators.ts';
import type { OrganizationPlan } from './plan.ts';
import { snapshotParts } from './render/snapshot-parts.ts';

/** What was compared so far. */
export interface DifferentialFigures {
  readonly organizations: number;
  readonly cells: number;
  readonly decisions: EvaluatorsComparison['decisions'];
  readonly residuals: EvaluatorsComparison['residuals'];
}

/** The smallest organization that was found on which the evaluators differ. */
export interface Counterexample {
  readonly plan: OrganizationPlan;
  /** An error where one of them threw it. */
  readonly comparison: EvaluatorsComparison | Error;
  /** With these the very same organization comes again. */
  readonly seed: number;
  readonly path: string;
}

export interface DifferentialOptions {
  /** The first batch has this seed, the next one the number after it. */
  readonly seed: number;
  /** Goes straight to one organization of the batch: the path of a counterexample. */
  readonly path?: string;
  /** Asked before each organization; shrinking ends too where it says yes. */
  readonly isOver: (figures: DifferentialFigures) => boolean;
  /** Called after each organization. */
  readonly onProgress?: (figures: DifferentialFigures, seed: number) => void;
  readonly evaluators?: typeof EVALUATORS;
}

/** Organizations of one batch: fast-check goes from small ones to larger ones in it. */
const BATCH_SIZE = 100;

/** Compares both evaluators on generated organizations until it is over, or they differ. */
export async function runDifferential(
  options: DifferentialOptions,
): Promise<{ readonly figures: DifferentialFigures; readonly counterexample: Counterexample | null }> {
  let figures: DifferentialFigures = {
    organizations: 0,
    cells: 0,
    decisions: { allowed: 0, conditional: 0, unknown: 0, explicitDeny: 0, implicitDeny: 0 },
    residuals: { text: 0, formula: 0, keys: 0, different: 0, undecided: 0 },
  };
  for (let seed = options.seed; !options.isOver(figures); seed += 1) {
    let hasFailed = false;
    const holds = async (plan: OrganizationPlan): Promise<boolean> => {
      // So that a signal is heard between two organizations.
      await new Promise((resolve) => void setImmediate(resolve));
      if (options.isOver(figures)) {
        return true;
      }
      const comparison = compare(plan, options);
      const agrees = !(comparison instanceof Error) && comparison.mismatches.length === 0;
      hasFailed ||= !agrees;
      if (agrees && !hasFailed) {
        figures = add(figures, comparison);
        options.onProgress?.(figures, seed);
      }
      return agrees;
    };
    const result = await fc.check(fc.asyncProperty(organizationPlan, holds), {
      seed,
      numRuns: options.path === undefined ? BATCH_SIZE : 1,
      ...(options.path === undefined ? {} : { path: options.path }),
    });
    const [plan] = result.counterexample ?? [];
    if (result.failed && plan !== undefined) {
      const comparison = compare(plan, options);
      return { figures, counterexample: { plan, comparison, seed, path: result.counterexamplePath ?? '' } };
    }
    if (options.path !== undefined) {
      break;
    }
  }
  return { figures, counterexample: null };
}

function compare(plan: OrganizationPlan, { evaluators }: DifferentialOptions): EvaluatorsComparison | Error {
  try {
    return compareEvaluators(assembleSnapshot(snapshotParts(plan)), evaluators ?? EVALUATORS);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function add(figures: DifferentialFigures, comparison: EvaluatorsComparison): DifferentialFigures {
  return {
    organizations: figures.organizations + 1,
    cells: figures.cells + comparison.cells,
    decisions: sum(figures.decisions, comparison.decisions),
    residuals: sum(figures.residuals, comparison.residuals),
  };
}

function sum<Key extends string>(
  left: Readonly<Record<Key, number>>,
  right: Readonly<Record<Key, number>>,
): Record<Key, number> {
  const total: Record<Key, number> = { ...left };
  for (const key in right) {
    total[key] += right[key];
  }
  return total;
}
