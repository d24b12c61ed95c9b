import type { Api } from '@ecr-audit/api';
import { z } from 'zod';

const problemSchema = z.strictObject({
  type: z.string().startsWith('urn:ecr-audit:problem:'),
  title: z.string().min(1),
  status: z.int(),
  detail: z.string().min(1),
  instance: z.string().startsWith('/'),
  code: z.string(),
  requestId: z.string().min(1),
  errors: z.array(z.strictObject({ in: z.string(), field: z.string(), message: z.string() })).optional(),
});
export type ProblemDocument = z.infer<typeof problemSchema>;

const bodySchema = z.record(z.string(), z.unknown());

/** The body of an answer that must be 200. */
export async function ask(api: Api, path: string, init?: RequestInit): Promise<Readonly<Record<string, unknown>>> {
  const response = await api.request(path, init);
  const text = await response.text();
  if (response.status !== 200) {
    throw new Error(`${path} answered ${response.status}: ${text}`);
  }
  return bodySchema.parse(JSON.parse(text));
}

/** The problem document of an answer that must be one, complete and with the status of its code. */
export async function askProblem(api: Api, path: string, init?: RequestInit): Promise<ProblemDocument> {
  const response = await api.request(path, init);
  const text = await response.text();
  const type = response.headers.get('content-type');
  if (type !== 'application/problem+json') {
    throw new Error(`${path} answered ${response.status} with ${type}: ${text}`);
  }
  const problem = problemSchema.parse(JSON.parse(text));
  if (problem.status !== response.status || problem.requestId !== response.headers.get('x-request-id')) {
    throw new Error(`${path} contradicts its document: ${response.status}, ${text}`);
  }
  return problem;
}

export function post(body: unknown): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

const pageSchema = z.looseObject({ items: z.array(z.looseObject({})), nextCursor: z.string().nullable() });
const pagesMax = 2000;

/** All entries of a list, page after page. */
export async function askPages(api: Api, path: string): Promise<Readonly<Record<string, unknown>>[]> {
  const items: Readonly<Record<string, unknown>>[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < pagesMax; page += 1) {
    const url: string = cursor === null ? path : `${path}${path.includes('?') ? '&' : '?'}cursor=${cursor}`;
    const answer = pageSchema.parse(await ask(api, url));
    items.push(...answer.items);
    cursor = answer.nextCursor;
    if (cursor === null) {
      return items;
    }
  }
  throw new Error(`more than ${pagesMax} pages of ${path}`);
}
