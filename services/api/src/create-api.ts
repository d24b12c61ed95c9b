import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import type { Api, ApiDependencies, ApiEnvironment } from './api.ts';
import { handleError } from './http/handle-error.ts';
import { logRequests } from './http/log-requests.ts';
import { Problem, problemResponse } from './http/problem.ts';
import { refuseInvalid } from './http/refuse-invalid.ts';
import { addAccountRoutes } from './routes/accounts.ts';
import { addExplainRoute } from './routes/explain.ts';
import { addOperationRoutes } from './routes/operations.ts';
import { addPrincipalRoutes } from './routes/principals.ts';
import { addRehearsalRoute } from './routes/rehearsals.ts';
import { addRepositoryRoutes } from './routes/repositories.ts';
import { addScanRoutes } from './routes/scans.ts';
import { createSnapshots } from './snapshots/snapshots.ts';

// The largest body is a question with session policies, of which AWS takes ten of 6,144 characters at most.
const bodyBytesMax = 256 * 1024;
const requestIdLengthMax = 64;

/** Builds the API. It opens and starts nothing: `api.request(...)` answers without a server. */
export function createApi(dependencies: ApiDependencies): Api {
  const api: Api = new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid });
  api.onError(handleError(dependencies.logger));
  api.notFound((context) =>
    problemResponse(
      context,
      new Problem('routeNotFound', `there is no \`${context.req.path}\`: \`GET /openapi.json\` lists the routes`),
    ),
  );
  api.use(requestId({ limitLength: requestIdLengthMax }));
  api.use(logRequests(dependencies));
  api.use(
    secureHeaders({
      // Nothing here is a page: a browser that is led to it may load nothing and frame nothing.
      contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      // TLS ends in front of this process, and so does what is said about it.
      strictTransportSecurity: false,
      xFrameOptions: 'DENY',
    }),
  );
  api.use(async (context, next) => {
    await next();
    // Who may do what does not belong into a shared cache.
    context.header('cache-control', 'no-store');
  });
  api.use(
    methodNotAllowed({
      app: api,
      onMethodNotAllowed: (context, allowed) =>
        problemResponse(
          context,
          new Problem(
            'methodNotAllowed',
            `\`${context.req.path}\` does not take \`${context.req.method}\`: expected ${allowed.map((method) => `\`${method}\``).join(', ')}`,
            {
              headers: { allow: allowed.join(', ') },
            },
          ),
        ),
    }),
  );
  api.use(
    bodyLimit({
      maxSize: bodyBytesMax,
      onError: () => {
        throw new Problem('bodyTooLarge', `the body is too large: expected at most ${bodyBytesMax} bytes`);
      },
    }),
  );
  const snapshots = createSnapshots(dependencies.store);
  addOperationRoutes(api, dependencies);
  addScanRoutes(api, dependencies);
  addAccountRoutes(api, dependencies);
  addRepositoryRoutes(api, dependencies);
  addPrincipalRoutes(api, dependencies);
  addExplainRoute(api, dependencies, snapshots);
  addRehearsalRoute(api, dependencies, snapshots);
  return api;
}
