import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, askProblem, post } from '../api/harness/ask.ts';
import { shop, smallOrganization } from '../api/harness/small-organization.ts';
import { startTestApi, type TestApi } from '../api/harness/start-api.ts';
import { writeScan } from '../api/harness/write-scan.ts';

let under: TestApi;
beforeAll(async () => {
  under = await startTestApi();
  await writeScan(under.store, smallOrganization());
});
afterAll(async () => {
  await under.stop();
});

const repository = `arn:aws:ecr:eu-west-1:${shop}:repository/team/app`;
const change = { change: 'deleteRepositoryPolicy', repository };

test('a rehearsal names who would lose what, the scan that it rests on, and that nothing is known of use', async () => {
  const answer = await ask(under.api, '/v1/rehearsals', post({ changes: [change] }));
  expect(answer).toMatchObject({
    asOf: { coverage: { isComplete: false } },
    rehearsal: { changes: [change], repositories: [repository], repositorySets: [[0]], use: { kind: 'notKnown' } },
  });
  const text = JSON.stringify(answer);
  expect(text).toContain('"id":"service:lambda.amazonaws.com"');
  expect(text).toContain('"kind":"lost"');
});

test.each([
  [{ changes: [{ ...change, repository: `${repository}s` }] }, 'changes.0.repository', 'did you mean'],
  [{ changes: [{ change: 'nothing' }] }, 'changes.0.change', 'setRepositoryPolicy'],
  [
    { changes: [{ change: 'setRepositoryPolicy', repository, document: '{"Statement":\n [}' }] },
    'changes.0.document',
    'line 2, column 3',
  ],
])('%j is refused, naming the field and what was expected', async (body, field, message) => {
  expect(await askProblem(under.api, '/v1/rehearsals', post(body))).toMatchObject({
    status: 422,
    code: 'questionRefused',
    errors: [{ in: 'body', field, message: expect.stringContaining(message) }],
  });
});

test.each([
  [{}, 'changes'],
  [{ changes: [change], days: 0 }, 'days'],
  [{ changes: [change], day: 7 }, 'day'],
])('%j is no such question', async (body, field) => {
  const problem = await askProblem(under.api, '/v1/rehearsals', post(body));
  expect(problem).toMatchObject({ status: 400, code: 'invalidRequest' });
  expect(problem.errors?.[0]?.field).toBe(field);
});

test('a body beyond what the service reads is refused', async () => {
  const body = { changes: [{ ...change, document: 'x'.repeat(300_000) }] };
  expect(await askProblem(under.api, '/v1/rehearsals', post(body))).toMatchObject({
    status: 413,
    code: 'bodyTooLarge',
  });
});
