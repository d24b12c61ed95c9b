import { describe, expect, it, test } from 'vitest';
import { breakingChangesOf, isMajorStep } from './compare/compare-documents.ts';
import { type ContractDocument, documentSchema } from './harness/contract-document.ts';

const samples = [{ lang: 'Shell', label: 'curl', source: 'curl' }];
const repository = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    name: { type: 'string' },
    kind: { type: 'string', enum: ['private', 'public'] },
    seenAt: { type: 'string', format: 'date-time' },
    size: { anyOf: [{ type: 'integer' }, { type: 'string' }, { type: 'boolean' }] },
    owner: { anyOf: [{ $ref: '#/components/schemas/Owner' }, { type: 'null' }] },
  },
  required: ['id', 'name'],
};
const nullable = { properties: { name: { type: 'string' }, parent: { $ref: '#/components/schemas/Owner' } } };
const owner = {
  type: 'object',
  properties: { name: { type: 'string' }, parent: { $ref: '#/components/schemas/Owner' } },
};

/** A small document; each test changes one thing in it. */
const source = {
  openapi: '3.1.0',
  info: { title: 'x', version: '1.4.2' },
  components: { schemas: { Repository: repository, Owner: owner } },
  paths: {
    '/repositories': {
      get: {
        operationId: 'listRepositories',
        tags: ['Repositories'],
        summary: 'All',
        'x-codeSamples': samples,
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100 } },
          { name: 'sort', in: 'query', schema: { type: 'string', enum: ['name', 'id'] } },
        ],
        responses: {
          200: {
            description: 'x',
            content: {
              'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Repository' } } },
              'text/csv': { schema: { type: 'string' } },
            },
          },
        },
      },
      post: {
        operationId: 'addRepository',
        tags: ['Repositories'],
        summary: 'Add',
        'x-codeSamples': samples,
        requestBody: {
          required: false,
          content: {
            'application/json': {
              schema: { type: 'object', properties: { name: { type: 'string', maxLength: 256 } }, required: ['name'] },
            },
          },
        },
        responses: { 200: { description: 'x', content: {} }, 202: { description: 'x', content: {} } },
      },
    },
  },
};
const before = documentSchema.parse(source);

/** The document with the value at a place replaced; `undefined` takes it away. */
function withChange(place: string, value: unknown): ContractDocument {
  const copy: unknown = structuredClone(source);
  const steps = place.split(' ');
  let inner: unknown = copy;
  for (const step of steps.slice(0, -1)) {
    inner = Reflect.get(Object(inner), step);
  }
  const last = steps.at(-1) ?? '';
  if (value === undefined) {
    Reflect.deleteProperty(Object(inner), last);
  } else {
    Reflect.set(Object(inner), last, value);
  }
  return documentSchema.parse(copy);
}

const list = 'paths /repositories get';
const add = 'paths /repositories post';
const fields = 'components schemas Repository';
const json = 'content application/json schema';

describe('breaks programs', () => {
  test.each<[string, string, unknown]>([
    ['an operation that goes', add, undefined],
    ['an operation by another name', `${list} operationId`, 'repositories'],
    ['a parameter that goes', `${list} parameters`, source.paths['/repositories'].get.parameters.slice(1)],
    ['a parameter that is required now', `${list} parameters 0 required`, true],
    [
      'a new parameter that is required',
      `${list} parameters 2`,
      { name: 'x', in: 'query', required: true, schema: {} },
    ],
    ['a parameter of another type', `${list} parameters 0 schema type`, 'string'],
    ['a parameter with a narrower limit', `${list} parameters 0 schema maximum`, 50],
    ['a parameter with a new limit', `${list} parameters 1 schema minLength`, 3],
    ['a parameter with a form', `${list} parameters 1 schema pattern`, '^n'],
    ['a word of a parameter that goes', `${list} parameters 1 schema enum`, ['name']],
    ['a parameter that takes words only', `${list} parameters 0 schema enum`, [1, 2]],
    ['a body that is required now', `${add} requestBody required`, true],
    ['a field of a body that goes', `${add} requestBody ${json} properties`, {}],
    ['a field of a body that is required now', `${add} requestBody ${json} required`, ['name', 'kind']],
    ['a body that refuses other fields', `${add} requestBody ${json} additionalProperties`, false],
    ['a shorter text in a body', `${add} requestBody ${json} properties name maxLength`, 64],
    ['an answer that goes', `${add} responses 202`, undefined],
    ['a format of an answer that goes', `${list} responses 200 content text/csv`, undefined],
    ['an answer of another type', `${list} responses 200 ${json}`, { type: 'object' }],
    ['a field of an answer that goes', `${fields} properties name`, undefined],
    ['a field of an answer that may be absent now', `${fields} required`, ['id']],
    ['a field of an answer of another type', `${fields} properties id type`, 'string'],
    ['a field of an answer that may be null now', `${fields} properties id type`, ['integer', 'null']],
    ['a word of an answer that goes', `${fields} properties kind enum`, ['private']],
    ['an answer that was one of some words and may be anything', `${fields} properties kind enum`, undefined],
    ['a time of an answer that is any text now', `${fields} properties seenAt format`, undefined],
    ['a member of a union that goes', `${fields} properties size anyOf`, [{ type: 'integer' }, { type: 'boolean' }]],
    ['a field within a schema that holds itself', 'components schemas Owner properties name', undefined],
  ])('%s', (_title, place, value) => {
    expect(breakingChangesOf(before, withChange(place, value))).toHaveLength(1);
  });

  it('where a path goes, with each of its operations', () => {
    expect(breakingChangesOf(before, withChange('paths /repositories', undefined))).toHaveLength(2);
  });

  it('where a union of an answer takes in null', () => {
    const strict = withChange(`${fields} properties owner anyOf`, [
      { $ref: '#/components/schemas/Owner' },
      { type: 'string' },
    ]);
    const loose = withChange(`${fields} properties owner anyOf`, [
      { $ref: '#/components/schemas/Owner' },
      { type: 'string' },
      { type: 'null' },
    ]);
    expect(breakingChangesOf(strict, loose)).toEqual([expect.stringContaining('may be null now')]);
  });
});

describe('leaves programs as they are', () => {
  test.each<[string, string, unknown]>([
    ['nothing', 'info title', 'y'],
    [
      'a field that is never null any more',
      `${fields} properties owner anyOf`,
      [{ $ref: '#/components/schemas/Owner' }],
    ],
    ['a new path', 'paths /x', {}],
    ['a new parameter', `${list} parameters 2`, { name: 'x', in: 'query', schema: { type: 'string' } }],
    ['a wider limit', `${list} parameters 0 schema maximum`, 200],
    ['a limit that goes', `${list} parameters 0 schema maximum`, undefined],
    ['a new word of a parameter', `${list} parameters 1 schema enum`, ['name', 'id', 'arn']],
    ['a parameter that takes numbers with fractions', `${list} parameters 0 schema type`, 'number'],
    ['a new field of a body', `${add} requestBody ${json} properties kind`, { type: 'string' }],
    ['a field of a body that may be absent now', `${add} requestBody ${json} required`, []],
    ['a new answer', `${add} responses 409`, { description: 'x', content: {} }],
    ['a new format of an answer', `${list} responses 200 content application/x-ndjson`, { schema: {} }],
    ['a new field of an answer', `${fields} properties url`, { type: 'string' }],
    ['a field of an answer that is always there now', `${fields} required`, ['id', 'name', 'kind']],
    ['a new word of an answer', `${fields} properties kind enum`, ['private', 'public', 'cached']],
    [
      'a field that may be null, written in another way',
      `${fields} properties owner`,
      { type: ['object', 'null'], ...nullable },
    ],
    ['another description', `${fields} description`, 'y'],
  ])('%s', (_title, place, value) => {
    expect(breakingChangesOf(before, withChange(place, value))).toEqual([]);
  });
});

test('only a greater first number of the version lets programs break', () => {
  expect([isMajorStep('1.4.2', '2.0.0'), isMajorStep('9.0.0', '10.0.0')]).toEqual([true, true]);
  expect([isMajorStep('1.4.2', '1.5.0'), isMajorStep('1.4.2', '1.4.2'), isMajorStep('2.0.0', '1.0.0')]).toEqual([
    false,
    false,
    false,
  ]);
});
