import { type DocumentKind, parsePolicyDocument } from '@ecr-audit/policy';
import type { DocumentProblem, NamedDocument } from './model.ts';
import { unknownActions } from './unknown-actions.ts';

/** Reads a document under its name; its problems are added to `problems`. */
export function nameDocument(
  policy: string,
  input: unknown,
  kind: DocumentKind,
  problems: DocumentProblem[],
): NamedDocument {
  const document = parsePolicyDocument(input, kind);
  const found = document.kind === 'readable' ? document.value.problems : [document.problem];
  // AWS's own policies name actions that are withdrawn or yet to come.
  if (document.kind === 'readable' && !/^arn:[^:]+:iam::aws:/.test(policy)) {
    problems.push(...unknownActions(policy, document.value));
  }
  problems.push(...found.map((problem) => ({ policy, place: problem.place, message: problem.message })));
  return { policy, document };
}
