import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../api/harness/start-api.ts';
import { documentSchema, operationsOf, type PlacedOperation } from './harness/contract-document.ts';

let test: TestApi;
let page: string;
let headers: Headers;
let operations: readonly PlacedOperation[];
beforeAll(async () => {
  test = await startTestApi();
  const response = await test.api.request('/docs');
  headers = response.headers;
  page = await response.text();
  operations = operationsOf(documentSchema.parse(await (await test.api.request('/openapi.json')).json()));
});
afterAll(async () => {
  await test.stop();
});

it('lets nothing load and nothing run but the style that it holds', () => {
  const policy = headers.get('content-security-policy') ?? '';
  const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');
  expect(policy.split('; ').toSorted()).toEqual(
    [
      "base-uri 'none'",
      "default-src 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      `style-src 'sha256-${hash}'`,
    ].toSorted(),
  );
  expect(headers.get('content-type')).toMatch(/^text\/html/);
});

it('needs nothing of a network: no script, no picture, no font, no address of anybody else', () => {
  expect(page).not.toMatch(/<(?:script|img|link|iframe|object|form)\b|\bon\w+="|\bstyle="|url\(|@import/i);
  const places = [...page.matchAll(/\b(?:href|src)="([^"]*)"/g)].map(([, place = '']) => place);
  expect(places.length).toBeGreaterThan(100);
  expect(places.filter((place) => !place.startsWith('#') && place !== '/openapi.json')).toEqual([]);
});

it('leads only to places that it has, and has each of them once', () => {
  const ids = [...page.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const places = [...page.matchAll(/\bhref="#([^"]+)"/g)].map(([, place]) => place);
  expect(places.filter((place) => !ids.includes(place))).toEqual([]);
});

it('shows every operation with its command, its parameters and its answer', () => {
  for (const { id, operation } of operations) {
    const from = page.indexOf(`<article id="${id}"`);
    const article = articleAt(from);
    expect([id, from > 0]).toEqual([id, true]);
    expect([id, article.includes(escaped(operation['x-codeSamples'][0].source))]).toEqual([id, true]);
    const missing = operation.parameters.filter(({ name }) => !article.includes(`<code>${name}</code>`));
    expect([id, missing]).toEqual([id, []]);
    expect([id, article.includes('Example answer')]).toEqual([id, true]);
  }
});

it('can be read without eyes and without a mouse', () => {
  expect(page).toMatch(/^<!doctype html>\s*<html lang="en">/);
  expect(page).toContain('<a class="skip" href="#main">');
  expect(page.match(/<h1\b/g)).toHaveLength(1);
  // What scrolls can be reached by the keyboard, and says what it is.
  const scrolling = [...page.matchAll(/<(?:pre|div class="wide")[^>]*>/g)].map(([tag]) => tag);
  expect(scrolling.length).toBeGreaterThan(50);
  expect(scrolling.filter((tag) => !/tabindex="0" role="region" aria-label="[^"]+"/.test(tag))).toEqual([]);
  expect([...page.matchAll(/<th\b[^>]*>/g)].filter(([tag]) => !tag.includes('scope="col"'))).toEqual([]);
});

function articleAt(from: number): string {
  return page.slice(from, page.indexOf('</article>', from));
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
