import type { Hook } from '@hono/zod-openapi';
import type { ApiEnvironment } from '../api-environment.ts';
import { Problem, type FieldProblem } from './problem.ts';

const places = {
  param: 'path',
  query: 'query',
  json: 'body',
  header: 'header',
  form: 'body',
  cookie: 'header',
} as const;
// A body of garbage has thousands of mistakes; the first ones tell what is wrong.
const errorsMax = 20;

type ValidationHook = Hook<unknown, ApiEnvironment, string, void>;

/** Ends a request whose parameters or body do not fit the schema of its route, naming each field and what was expected. */
export const refuseInvalid: ValidationHook = (result) => {
  if (result.success) {
    return;
  }
  const place = places[result.target];
  const errors = result.error.issues
    .flatMap((issue) => fieldsOf(issue))
    .slice(0, errorsMax)
    .map(({ path, message }): FieldProblem => ({ in: place, field: path.map(String).join('.'), message }));
  const [first] = errors;
  const where = first === undefined || first.field === '' ? `the ${place}` : `\`${first.field}\` of the ${place}`;
  throw new Problem('invalidRequest', `${where} cannot be used: ${first?.message ?? 'see `errors`'}`, { errors });
};

type Refused = Extract<Parameters<ValidationHook>[0], { success: false }>['error']['issues'][number];

// The library says of unknown names that they are there, but neither where nor what else was expected.
function fieldsOf(issue: Refused): { readonly path: readonly PropertyKey[]; readonly message: string }[] {
  return issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({
        path: [...issue.path, key],
        message: 'there is no such field: expected one that `GET /openapi.json` lists for this route',
      }))
    : [issue];
}
