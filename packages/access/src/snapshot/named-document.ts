import { describePlace, type DocumentKind, parsePolicyDocument } from '@ecr-audit/policy';
import type { DocumentProblem, NamedDocument } from './model.ts';
import { unknownActions } from './unknown-actions.ts';

/** What kind of document it is, and the most characters that AWS takes for it; null where no limit is known. */
export interface DocumentForm {
  readonly kind: DocumentKind;
  readonly lengthMax: number | null;
}

/** Reads a document under its name; its problems are added to `problems`. One that is too long is read all the same. */
export function nameDocument(
  policy: string,
  input: unknown,
  { kind, lengthMax }: DocumentForm,
  problems: DocumentProblem[],
): NamedDocument {
  const document = parsePolicyDocument(input, kind, lengthMax === null ? {} : { lengthMax });
  const found = document.kind === 'readable' ? document.value.problems : [document.problem];
  // AWS's own policies name actions that are withdrawn or yet to come.
  if (document.kind === 'readable' && !isAwsManaged(policy)) {
    problems.push(...unknownActions(policy, document.value));
  }
  problems.push(...found.map((problem) => ({ policy, place: describePlace(problem), message: problem.message })));
  return { policy, document };
}

export function isAwsManaged(arn: string): boolean {
  return /^arn:[^:]+:iam::aws:/.test(arn);
}
