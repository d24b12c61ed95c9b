import type { Context } from 'hono';
import type { ApiEnvironment } from '../api-environment.ts';

/** The header `link` (RFC 8288) that leads to the next page: the same question, relative to this one. */
export function linkTo(context: Context<ApiEnvironment>, cursor: string): string {
  const { pathname, searchParams } = new URL(context.req.url);
  searchParams.set('cursor', cursor);
  return `<${pathname}?${searchParams.toString()}>; rel="next"`;
}
