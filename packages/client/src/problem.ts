import type { Schemas } from './operation-types.ts';

/** The codes that this version knows. A newer service may answer with others. */
export type ProblemCode = Schemas['Problem']['code'] | (string & Record<never, never>);

/** One thing that is wrong with a request. */
export type FieldProblem = NonNullable<Schemas['Problem']['errors']>[number];

/** The service refused: a problem document of RFC 9457. Its message is the document's `detail`, for people. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  /** The path that was asked for. */
  readonly instance: string;
  /** What the log of the service has it under. */
  readonly requestId: string;
  readonly errors: readonly FieldProblem[];
  /** After how many seconds another try makes sense; null where the service does not say. */
  readonly retryAfterSeconds: number | null;

  constructor(document: Schemas['Problem'], retryAfterSeconds: number | null = null) {
    super(document.detail);
    const { code, status, title, instance, requestId, errors = [] } = document;
    this.code = code;
    this.status = status;
    this.title = title;
    this.instance = instance;
    this.requestId = requestId;
    this.errors = errors;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Something else answered than the service, such as a proxy before it; or it answered in a way that it does not describe. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The error of an answer that is not a success. */
export async function problemOf(response: Response): Promise<ApiProblem | UnexpectedAnswer> {
  const type = response.headers.get('content-type') ?? 'nothing';
  if (type.startsWith('application/problem+json')) {
    const document: unknown = await response.json().catch(() => null);
    if (isProblem(document)) {
      const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
      return new ApiProblem(document, Number.isFinite(seconds) ? seconds : null);
    }
  }
  return new UnexpectedAnswer(
    response.status,
    `status ${response.status} with \`${type}\`: expected an answer of ecr-audit; is the address that of its API?`,
  );
}

function isProblem(value: unknown): value is Schemas['Problem'] {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'detail' in value &&
    typeof value.detail === 'string' &&
    'status' in value &&
    typeof value.status === 'number'
  );
}
