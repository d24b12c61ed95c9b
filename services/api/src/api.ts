import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Logger } from '@ecr-audit/runtime';
import type { Store } from '@ecr-audit/store';

/** What the routes need from outside. */
export interface ApiDependencies {
  readonly store: Store;
  readonly logger: Logger;
  /** Milliseconds of a clock that never goes back, for the durations in the log. */
  readonly clock: () => number;
}

// oxlint-disable-next-line typescript/consistent-type-definitions -- Hono wants an index signature, which an interface lacks.
export type ApiEnvironment = { Variables: { requestId: string } };

export type Api = OpenAPIHono<ApiEnvironment>;
