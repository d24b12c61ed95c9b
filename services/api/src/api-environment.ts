import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Logger } from '@ecr-audit/runtime';
import type { Caller } from './auth/caller.ts';

// oxlint-disable-next-line typescript/consistent-type-definitions -- Hono wants an index signature, which an interface lacks.
export type ApiEnvironment = { Variables: { requestId: string; logger: Logger; caller?: Caller } };

export type Api = OpenAPIHono<ApiEnvironment>;
