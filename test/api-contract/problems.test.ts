import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { apiErrorCodes } from '@ecr-audit/api';
import { requestScan } from '@ecr-audit/store';
import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { z } from 'zod';
import { post } from '../api/harness/ask.ts';
import { schemaCheck, type SchemaCheck } from './harness/answer-check.ts';
import { exampleIds } from './harness/sample-scene.ts';
import { type SampleServer, startSampleServer } from './harness/sample-server.ts';

/* Every code that the service lists can be had, and no other one comes: here, or in the test that is named. */

let server: SampleServer;
let check: SchemaCheck;
const waiting = randomUUID();
beforeAll(async () => {
  server = await startSampleServer();
  check = schemaCheck(server.document);
  // Its target has no collector and no result.
  await requestScan(server.store.sql, { scanId: waiting, target: { key: 'account:1', name: 'one' }, source: 'aws' });
});
afterAll(async () => {
  await server.stop();
});

const root = path.join(import.meta.dirname, '../..');
const question = { principal: 'arn:aws:iam::333344445555:role/nobody', action: 'push', resource: '*' };

/** How each problem comes about. */
const provoked: Readonly<Record<string, () => Promise<Response>>> = {
  invalidRequest: async () => await ask('/v1/scans?limit=0'),
  requestNotLocal: async () => await server.api.request('http://attacker.example/v1/scans'),
  routeNotFound: async () => await ask('/v1/nothing'),
  noCompletedScan: async () => await ask('/v1/repositories?target=account:1'),
  targetNotFound: async () => await ask('/v1/repositories?target=account:2'),
  scanNotFound: async () => await ask(`/v1/scans/${randomUUID()}`),
  timeBeforeFirstScan: async () => await ask('/v1/repositories/17/access?at=2020-01-01T00:00:00Z'),
  accountNotFound: async () => await ask('/v1/repositories?accountId=000000000000'),
  repositoryNotFound: async () => await ask('/v1/repositories/999999'),
  principalNotFound: async () => await ask('/v1/principals/AROANOBODY'),
  findingNotFound: async () => await ask(`/v1/findings/${'0'.repeat(64)}`),
  exceptionNotFound: async () => await ask(`/v1/exceptions/${randomUUID()}`, { method: 'DELETE' }),
  alertNotFound: async () => await ask('/v1/alerts/999999/retry', { method: 'POST' }),
  notAcceptable: async () => await ask('/v1/scans', { headers: { accept: 'image/png' } }),
  methodNotAllowed: async () => await ask('/v1/scans', { method: 'PUT' }),
  scanNotCompleted: async () => await ask('/v1/explain', post({ ...question, scan: waiting })),
  scanRefused: async () => await ask('/v1/scans', post({ target: 'account:1' })),
  bodyTooLarge: async () => await ask('/v1/explain', post({ ...question, context: { a: 'x'.repeat(300_000) } })),
  queryTooLong: async () => await ask(`/v1/scans?target=${'x'.repeat(12_000)}`),
  unsupportedMediaType: async () => await ask('/v1/explain', { method: 'POST', body: 'principal=a' }),
  questionRefused: async () => await ask('/v1/explain', post({ ...question, scan: exampleIds.scan })),
  headersTooLarge: async () => await ask('/v1/scans', { headers: { 'x-long': 'x'.repeat(20_000) } }),
  tooBusy: async () => await follow(),
};

/** Where the others are shown: they need a broken database, an issuer of tokens, or a reader of a socket. */
const shownElsewhere: Readonly<Record<string, string>> = {
  requestUnreadable: 'test/api-fuzz/fuzz.test.ts',
  requestTooSlow: 'services/api/src/http/refuse-unreadable.test.ts',
  credentialMissing: 'test/auth/walk.test.ts',
  credentialInvalid: 'test/auth/walk.test.ts',
  credentialExpired: 'test/auth/walk.test.ts',
  scopeInsufficient: 'test/auth/walk.test.ts',
  accountNotAllowed: 'test/auth/limited.test.ts',
  tooManyRequests: 'test/auth/bounds.test.ts',
  issuerUnavailable: 'test/auth/oidc.test.ts',
  snapshotNotKept: 'test/api/routes.test.ts',
  internalError: 'test/api/problems.test.ts',
  databaseUnavailable: 'test/api/database-away.test.ts',
  databaseNotMigrated: 'test/api/problems.test.ts',
};

const answered = Object.entries(apiErrorCodes).flatMap(([code, { status }]) =>
  status === null ? [] : [{ code, status }],
);

it('every code that an answer may carry is shown, here or elsewhere, and nothing else is', () => {
  expect([...Object.keys(provoked), ...Object.keys(shownElsewhere)].toSorted()).toEqual(
    answered.map(({ code }) => code).toSorted(),
  );
});

test.each(Object.keys(provoked))(
  '%s comes as a problem document with its status, as the document describes it',
  async (code) => {
    const response = await provoked[code]?.();
    const problem = problemSchema.parse(await response?.json());
    expect(response?.headers.get('content-type')).toBe('application/problem+json');
    expect(problem).toMatchObject({ code, type: `urn:ecr-audit:problem:${code}`, status: response?.status });
    expect(answered).toContainEqual({ code, status: problem.status });
    expect(check('/components/schemas/Problem', problem)).toEqual([]);
  },
);

test.each(Object.entries(shownElsewhere))('%s is shown in %s', (code, file) => {
  expect(readFileSync(path.join(root, file), 'utf8')).toContain(`'${code}'`);
});

it('the page lists every code', async () => {
  const page = await (await ask('/docs')).text();
  expect(answered.filter(({ code }) => !page.includes(`id="problem-${code}"`))).toEqual([]);
});

const problemSchema = z.looseObject({ code: z.string(), type: z.string(), status: z.int() });

async function ask(at: string, init?: RequestInit): Promise<Response> {
  return await fetch(`${server.url}${at}`, init);
}

const readersTriedMax = 200;

/** Follows a scan that does not end, until nobody else may. */
async function follow(): Promise<Response> {
  const readers: Response[] = [];
  try {
    for (let tried = 0; tried < readersTriedMax; tried += 1) {
      const response = await server.api.request(`/v1/scans/${waiting}/events`);
      if (response.status !== 200) {
        return response;
      }
      readers.push(response);
    }
    throw new Error(`${readersTriedMax} readers were let in`);
  } finally {
    await Promise.all(readers.map(async (reader) => await reader.body?.cancel()));
  }
}
