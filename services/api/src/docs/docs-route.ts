import { createHash } from 'node:crypto';
import { createRoute, z } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import type { Api, ApiEnvironment } from '../api-environment.ts';
import { responses } from '../schemas/responses.ts';
import { describeApi } from './describe-api.ts';
import { renderPage } from './page/render-page.ts';
import { style } from './page/style.ts';

export const docsPath = '/docs';

const route = createRoute({
  method: 'get',
  path: docsPath,
  operationId: 'getDocumentation',
  tags: ['Operations'],
  summary: 'This document as a page for people, which works without a network',
  request: { query: z.strictObject({}) },
  responses: {
    ...responses('A page.', z.unknown()),
    200: { description: 'A page.', content: { 'text/html': { schema: z.string() } } },
  },
});

// Nothing is loaded and nothing runs; the one style is named by its hash, so that no other can take its place.
// Rejected: a viewer in the browser. Swagger UI 5.35 is 1.7 MB of script, Redoc 3.0 2.3 MB, Scalar 1.72 4.4 MB; of these Scalar asks for
// inline styles and `eval`, Swagger UI for pictures from `data:`. The page here is half a megabyte of markup that needs no script.
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Lets the page have its style, and nothing else. It stands before the headers of all other answers, which it replaces. */
export const allowStyle: MiddlewareHandler<ApiEnvironment> = async (context, next) => {
  await next();
  if (context.res.headers.get('content-type')?.startsWith('text/html') === true) {
    context.res.headers.set('content-security-policy', policy);
  }
};

export function addDocsRoute(api: Api): void {
  let page: string | null = null;
  api.openapi(route, (context) => {
    page ??= renderPage(describeApi(api));
    return context.html(page);
  });
}
