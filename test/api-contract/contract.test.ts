import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type AnswerProblems, answerProblems } from './harness/answer-problems.ts';
import { askExample, optionalExamples, togetherOf } from './harness/ask-example.ts';
import { operationsOf, type PlacedOperation } from './harness/contract-document.ts';
import { runLine } from './harness/run-shell.ts';
import { type SampleServer, startSampleServer } from './harness/sample-server.ts';

/* Every operation of the document is asked as its examples say, over a socket, about the sample organization. */

let server: SampleServer;
let problemsOf: AnswerProblems;
let operations: readonly PlacedOperation[];
beforeAll(async () => {
  server = await startSampleServer();
  problemsOf = answerProblems(server.document);
  // What takes something away comes last.
  operations = operationsOf(server.document).toSorted(
    (a, b) => Number(a.method === 'delete') - Number(b.method === 'delete'),
  );
});
afterAll(async () => {
  await server.stop();
});

const pageSchema = z.looseObject({ nextCursor: z.string().nullable() });
// Only an answer can give it. The test follows one.
const withoutExample = 'cursor';

it('holds the routes of the service, no more and no fewer', () => {
  const served = server.api.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  expect(operations.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual([...new Set(served)].toSorted());
});

it('names every reference and every path parameter, and each operation once', () => {
  const references = [...JSON.stringify(server.document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, name]) => name);
  const names = Object.keys(server.document.components.schemas).map((name) => `#/components/schemas/${name}`);
  expect(names).toEqual(expect.arrayContaining(references));
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  for (const { path, operation } of operations) {
    const named = operation.parameters.filter((parameter) => parameter.in === 'path');
    expect(named.map(({ name, required }) => `{${name}} ${required}`)).toEqual(
      [...path.matchAll(/\{\w+\}/g)].map(([name]) => `${name} true`),
    );
  }
});

it('names no schema that can be null itself: who refers to it says so', () => {
  const nullable = Object.entries(server.document.components.schemas).filter(([, schema]) =>
    /^\{"type":\["[a-z]+","null"\]/.test(JSON.stringify(schema)),
  );
  expect(nullable.map(([name]) => name)).toEqual([]);
});

it('has an example of every parameter, every body and every answer', () => {
  const lacking = operations.flatMap(({ id, operation }) => [
    ...operation.parameters
      .filter(({ name, example }) => example === undefined && name !== withoutExample)
      .map(({ name }) => `${id}: parameter ${name}`),
    ...Object.entries(operation.requestBody?.content ?? {})
      .filter(([, { example }]) => example === undefined)
      .map(([type]) => `${id}: body in ${type}`),
    ...Object.entries(operation.responses).flatMap(([status, { content }]) =>
      Object.entries(content)
        .filter(([, { example }]) => example === undefined)
        .map(([type]) => `${id}: answer ${status} in ${type}`),
    ),
  ]);
  expect(lacking).toEqual([]);
});

it('shows examples of answers that are as it describes them', () => {
  const wrong = operations.flatMap((placed) =>
    Object.entries(placed.operation.responses).flatMap(([status, { content }]) =>
      Object.entries(content).flatMap(([type, { example }]) => {
        const text = typeof example === 'string' ? example : JSON.stringify(example);
        return problemsOf(placed, { status, type, text }).map(
          (problem) => `${placed.id} ${status} ${type}: ${problem}`,
        );
      }),
    ),
  );
  expect(wrong).toEqual([]);
});

it('shows commands that a shell runs as they are written, and that are answered as it says', async () => {
  const wrong: string[] = [];
  for (const placed of operations.filter(({ method }) => method !== 'delete')) {
    const [{ source }] = placed.operation['x-codeSamples'];
    const output = await runLine(`${source} -w '\\n%{http_code} %{content_type}'`, server.url);
    const end = output.lastIndexOf('\n');
    const [status = '', type = ''] = output.slice(end + 1).split(' ');
    const problems = problemsOf(placed, { status, type, text: output.slice(0, end) });
    wrong.push(...problems.map((problem) => `${source}: ${problem}`));
  }
  expect(wrong).toEqual([]);
});

it('describes what every operation answers to what it needs, and to each other parameter besides', async () => {
  const wrong: string[] = [];
  let calls = 0;
  for (const placed of operations) {
    // One who asks twice to take something away is told that it is gone.
    const others = placed.method === 'delete' ? [] : optionalExamples(placed.operation);
    for (const other of [{}, ...others]) {
      let problems: readonly string[] = [];
      // What means nothing by itself is asked with the rest of the example.
      for (const base of [{}, togetherOf(placed.operation)]) {
        const answer = await askExample(server.url, placed, { ...base, ...other });
        calls += 1;
        problems = problemsOf(placed, answer).map(
          (problem) => `${answer.url}: ${problem}: ${answer.text.slice(0, 300)}`,
        );
        if (answer.status !== '400') {
          break;
        }
      }
      wrong.push(...problems);
    }
  }
  expect(wrong).toEqual([]);
  process.stdout.write(`contract: ${calls} calls of ${operations.length} operations answered as described\n`);
});

it('describes what a list answers on its later pages', async () => {
  const lists = operations.filter(({ operation }) => operation.parameters.some(({ name }) => name === withoutExample));
  const followed: string[] = [];
  const wrong: string[] = [];
  for (const placed of lists) {
    const first = await askExample(server.url, placed, { ...togetherOf(placed.operation), limit: '1' });
    const { nextCursor } = pageSchema.parse(JSON.parse(first.text));
    if (nextCursor !== null) {
      const next = await askExample(server.url, placed, {
        ...togetherOf(placed.operation),
        limit: '1',
        cursor: nextCursor,
      });
      wrong.push(...problemsOf(placed, next).map((problem) => `${placed.id}: ${problem}`));
      followed.push(placed.id);
    }
  }
  expect(wrong).toEqual([]);
  expect(followed.length).toBeGreaterThan(lists.length / 2);
});

it('would find an answer that is not as described', () => {
  const placed = operations.find(({ id }) => id === 'listScans');
  if (placed === undefined) {
    throw new Error('there are no scans');
  }
  const problems = (text: string, status = '200', type = 'application/json'): number =>
    problemsOf(placed, { status, type, text }).length;
  expect(problems('{"items":[],"nextCursor":null}')).toBe(0);
  expect(problems('{"items":[{"id":7}],"nextCursor":null}')).toBeGreaterThan(0);
  expect(problems('{"items":[]}')).toBeGreaterThan(0);
  expect(problems('{"items":[],"nextCursor":null,"more":1}')).toBeGreaterThan(0);
  expect(problems('{"items":[],"nextCursor":null}', '201')).toBe(1);
  expect(problems('{"items":[],"nextCursor":null}', '200', 'text/plain')).toBe(1);
  expect(problems('{}\n', '200', 'application/x-ndjson')).toBeGreaterThan(0);
});
