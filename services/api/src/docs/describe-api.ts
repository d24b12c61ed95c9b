import type { Api } from '../api-environment.ts';
import { describeSecurity } from '../auth/describe-security.ts';
import { readAnswerExamples } from './answer-examples.ts';
import { curlLine } from './curl-line.ts';
import { requestExamples, usualExamples } from './examples.ts';
import { problemText } from './problem-catalogue.ts';
import { isObject } from './page/json.ts';
import type { RequestExample } from './request-example.ts';

const head = {
  openapi: '3.1.0',
  info: {
    title: 'ecr-audit',
    version: '1.0.0',
    description:
      'Who may do what with which Amazon ECR repository, because of which statement and under which condition. Every answer names the scan that it describes. The examples are about the sample organization that `ecr-audit demo` serves.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
};

/** An OpenAPI 3.1 document. */
export type ApiDocument = ReturnType<Api['getOpenAPI31Document']>;

/**
 * The document of every route, with an example of each request and each answer.
 *
 * Examples lie beside the routes and not in them: those of one organization belong together, so that what one answers can be asked
 * of another, and most parameters are shared by many routes. Cost: some milliseconds; routes must all be registered by then.
 */
export function describeApi(api: Api): ApiDocument {
  const document = api.getOpenAPI31Document(head);
  const answers = readAnswerExamples();
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of methods) {
      const operation = item[method];
      if (operation !== undefined) {
        const id = operation.operationId ?? '';
        const example = requestExamples[id] ?? {};
        addRequestExamples(document, operation, example);
        addAnswerExamples(operation, answers[id] ?? {});
        operation['x-codeSamples'] = [
          { lang: 'Shell', label: 'curl', source: curlLine({ method, path, example, types: answerTypes(operation) }) },
        ];
      }
    }
  }
  describeSecurity(document);
  return document;
}

export const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

export type Operation = NonNullable<NonNullable<ApiDocument['paths']>[string]['get']>;

function addRequestExamples(
  document: ApiDocument,
  operation: Operation,
  { path, query, others, body }: RequestExample,
): void {
  const known = { ...usualExamples, ...others, ...path, ...query };
  const named = document.components?.schemas ?? {};
  for (const parameter of operation.parameters ?? []) {
    if ('in' in parameter) {
      const example = known[parameter.name] ?? ownExample(parameter.schema, named);
      if (example !== undefined) {
        parameter.example = example;
      }
    }
  }
  const content =
    operation.requestBody !== undefined && 'content' in operation.requestBody ? operation.requestBody.content : {};
  if (body !== undefined && content['application/json'] !== undefined) {
    content['application/json'].example = body;
  }
}

const referencePrefix = '#/components/schemas/';

/** What the schema of a parameter says itself. */
function ownExample(schema: unknown, named: Readonly<Record<string, unknown>>): unknown {
  if (!isObject(schema)) {
    return undefined;
  }
  const { example, enum: words, $ref } = schema;
  return typeof $ref === 'string'
    ? ownExample(named[$ref.slice(referencePrefix.length)], named)
    : (example ?? (Array.isArray(words) ? words[0] : undefined));
}

function addAnswerExamples(operation: Operation, examples: Readonly<Record<string, unknown>>): void {
  for (const [status, response] of Object.entries(operation.responses ?? {})) {
    const content: Record<string, { example?: unknown }> = response?.content ?? {};
    for (const [type, media] of Object.entries(content)) {
      const example = status === 'default' ? problemExample : examples[type];
      if (example !== undefined) {
        media.example = example;
      }
    }
  }
}

const problemExample = {
  ...problemText('invalidRequest'),
  status: 400,
  detail: '`limit` of the query cannot be used: expected a whole number from 1 to 1000',
  instance: '/v1/repositories',
  code: 'invalidRequest',
  requestId: '6f8b5d0c-3a1e-4c55-9f0c-0b0c7c1e1d0e',
  errors: [{ in: 'query', field: 'limit', message: 'expected a whole number from 1 to 1000' }],
};

function answerTypes(operation: Operation): readonly string[] {
  const content: Readonly<Record<string, unknown>> = operation.responses?.['200']?.content ?? {};
  return Object.keys(content);
}
