import { type DocumentKind, parsePolicyDocument } from '@ecr-audit/policy';
import type { DocumentProblem, NamedDocument } from './model.ts';

/** Reads a document under its name; its problems are added to `problems`. */
export function nameDocument(
  policy: string,
  input: unknown,
  kind: DocumentKind,
  problems: DocumentProblem[],
): NamedDocument {
  const document = parsePolicyDocument(input, kind);
  const found = document.kind === 'readable' ? document.value.problems : [document.problem];
  problems.push(...found.map((problem) => ({ policy, place: problem.place, message: problem.message })));
  return { policy, document };
}
