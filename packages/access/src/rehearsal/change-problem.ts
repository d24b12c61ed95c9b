import type { TextPosition } from '@ecr-audit/policy';

/** Why a change cannot be rehearsed. */
export interface ChangeProblem {
  /** Where in what was given: `['changes', 0, 'document']`. */
  readonly path: readonly (string | number)[];
  /** Where in the policy document: `Statement[0].Action`; null where it is not about a document. */
  readonly place: string | null;
  /** Where that is in the text of the document; null where it was given as an object. */
  readonly position: TextPosition | null;
  /** One clause that says what was found and what was expected. */
  readonly message: string;
}

/** Thrown and caught within this folder: a change among many that cannot be made ends all. */
export class RefusedChange extends Error {
  readonly problems: readonly Omit<ChangeProblem, 'path'>[];
  readonly key: string;

  constructor(key: string, problems: readonly Omit<ChangeProblem, 'path'>[]) {
    super(problems[0]?.message ?? 'refused');
    this.key = key;
    this.problems = problems;
  }
}

/** One that is about the value under `key` of the change. */
export function refuse(key: string, message: string): never {
  throw new RefusedChange(key, [{ place: null, position: null, message }]);
}

/** `changes[0].document` */
export function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}${text === '' ? '' : '.'}${step}`),
    '',
  );
}
