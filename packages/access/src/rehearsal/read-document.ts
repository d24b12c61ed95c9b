import { type DocumentKind, parsePolicyDocument } from '@ecr-audit/policy';
import type { NamedDocument } from '../snapshot/model.ts';
import { RefusedChange } from './change-problem.ts';

/** What a proposed document is called, and what AWS takes for its kind; `lengthMax` null where it keeps to no limit. */
export interface ProposedForm {
  readonly policy: string;
  readonly kind: DocumentKind;
  readonly lengthMax: number | null;
}

/**
 * Reads a proposed document. One with any problem is refused: AWS would not take it, or it would say less than was meant, and
 * what it would change is then a guess.
 */
export function readProposed(input: unknown, { policy, kind, lengthMax }: ProposedForm): NamedDocument {
  const document = parsePolicyDocument(input, kind, lengthMax === null ? {} : { lengthMax });
  const problems = document.kind === 'readable' ? document.value.problems : [document.problem];
  if (problems.length > 0) {
    throw new RefusedChange(
      'document',
      problems.map(({ place, message, position }) => ({ place, message, position: position ?? null })),
    );
  }
  return { policy, document };
}
