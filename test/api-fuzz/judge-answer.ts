import type { AnswerProblems } from '../api-contract/harness/answer-problems.ts';
import type { FuzzedRequest } from './arbitrary-request.ts';

export interface FuzzedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

// What a caller must never see: stack traces, files, the driver, the database and the words of its errors.
const leaks =
  /\n\s+at |\.ts:\d|node_modules|\bfile:\/\/|PostgresError|ZodError|TypeError|RangeError|SyntaxError|syntax error at|relation "|column "|invalid byte sequence|invalid input syntax|out of range for type|postgres:\/\/|\baudit\.[a-z_]+\b/;

/** What is wrong with an answer to a hostile request; null where nothing is. */
export function judgeAnswer(request: FuzzedRequest, answer: FuzzedAnswer, problemsOf: AnswerProblems): string | null {
  const { status, headers, text } = answer;
  if (headers['x-injected'] !== undefined || headers['x'] !== undefined) {
    return 'a header was injected';
  }
  if (status >= 500) {
    return `answered ${status}: ${text.slice(0, 400)}`;
  }
  const type = String(headers['content-type'] ?? '');
  if (status >= 400) {
    // HEAD answers without the body that it tells of.
    const isProblem = type === 'application/problem+json' && (request.method === 'HEAD' || isOwnProblem(status, text));
    const leak = leaks.exec(text);
    return isProblem
      ? leak === null
        ? null
        : `tells \`${leak[0]}\`: ${text.slice(0, 400)}`
      : `answered ${status} in \`${type}\`: ${text.slice(0, 400)}`;
  }
  if (status === 304) {
    return null;
  }
  if (request.method === 'HEAD' || request.method !== request.operation.method.toUpperCase()) {
    return status === 200 || status === 204 ? null : `answered ${status}`;
  }
  const isPartial = request.target.includes('fields=');
  const [first] = problemsOf(request.operation, { status: String(status), type, text, isPartial });
  return first === undefined || isEmptyList(type, text) ? null : `${first}: ${text.slice(0, 400)}`;
}

function isOwnProblem(status: number, text: string): boolean {
  try {
    const problem: unknown = JSON.parse(text);
    return (
      typeof problem === 'object' &&
      problem !== null &&
      'status' in problem &&
      problem.status === status &&
      'code' in problem &&
      'requestId' in problem
    );
  } catch {
    return false;
  }
}

/** A list of nothing, an entry a line. */
function isEmptyList(type: string, text: string): boolean {
  return text === '' && type.startsWith('application/x-ndjson');
}
