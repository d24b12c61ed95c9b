import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../api/harness/start-api.ts';
import { breakingChangesOf, isMajorStep } from './compare/compare-documents.ts';
import { documentSchema } from './harness/contract-document.ts';
import { fileText, keptDocumentFile, readKeptDocument } from './harness/kept-document.ts';

let test: TestApi;
let described: unknown;
beforeAll(async () => {
  test = await startTestApi();
  described = await (await test.api.request('/openapi.json')).json();
});
afterAll(async () => {
  await test.stop();
});

it('breaks no program that was written for the document before, unless the version says so', () => {
  const [kept, now] = [readKeptDocument(), documentSchema.parse(described)];
  expect(isMajorStep(kept.info.version, now.info.version) ? [] : breakingChangesOf(kept, now)).toEqual([]);
});

it('is the document that the repository keeps: `pnpm openapi:write` brings that up to date', () => {
  expect(readFileSync(keptDocumentFile, 'utf8') === fileText(described)).toBe(true);
});
