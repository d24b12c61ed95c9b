import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import type { Api, ApiEnvironment } from './api-environment.ts';
import type { ApiDependencies } from './api.ts';
import { handleError } from './http/handle-error.ts';
import { logRequests } from './http/log-requests.ts';
import { Problem, problemResponse } from './http/problem.ts';
import { refuseInvalid } from './http/refuse-invalid.ts';
import { accessViews } from './access-list/access-views.ts';
import { addDocsRoute, allowStyle, docsPath } from './docs/docs-route.ts';
import { addAuditLogRoute } from './auth/audit-log-route.ts';
import { routesOf } from './auth/routes-of.ts';
import { secure } from './auth/secure.ts';
import { addAccessRoute } from './routes/access.ts';
import { addActivityRoute } from './routes/activity.ts';
import { addAccountRoutes } from './routes/accounts.ts';
import { addAlertRoutes } from './routes/alerts.ts';
import { addCoverageRoute } from './routes/coverage.ts';
import { addDriftRoutes } from './routes/drift.ts';
import { addExceptionRoutes } from './routes/exceptions.ts';
import { addExplainRoute } from './routes/explain.ts';
import { addFindingRoutes } from './routes/findings.ts';
import { addKeptDriftRoute } from './routes/kept-drift.ts';
import { addOperationRoutes } from './routes/operations.ts';
import { addOrganizationRoute } from './routes/organizations.ts';
import { addOverPermissionRoutes } from './routes/over-permission.ts';
import { addPoliciesRoute } from './routes/policies.ts';
import { addPrincipalRoutes } from './routes/principals.ts';
import { addRehearsalRoute } from './routes/rehearsals.ts';
import { addRepositoryRoutes } from './routes/repositories.ts';
import { addRulesRoute } from './routes/rules.ts';
import { addScanEventsRoute } from './routes/scan-events.ts';
import { addScanRoutes } from './routes/scans.ts';
import { addSeriesRoute } from './routes/series.ts';
import { addSuggestionRoute } from './routes/suggestions.ts';
import { makeHere } from './reports/make-here.ts';
import { reportsBy } from './reports/reports.ts';
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
  api.use(docsPath, allowStyle);
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
    // Who may do what does not belong into a shared cache. A list that can be asked for again by its tag says so itself.
    if (!context.res.headers.has('cache-control')) {
      context.header('cache-control', 'no-store');
    }
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
  secure(api, dependencies);
  api.use(
    bodyLimit({
      maxSize: bodyBytesMax,
      onError: () => {
        throw new Problem('bodyTooLarge', `the body is too large: expected at most ${bodyBytesMax} bytes`);
      },
    }),
  );
  const snapshots = createSnapshots(dependencies.store);
  const reports = dependencies.reports ?? reportsBy(makeHere(dependencies.store));
  addOperationRoutes(api, dependencies);
  addDocsRoute(api);
  addScanRoutes(api, dependencies);
  addScanEventsRoute(api, dependencies);
  addOrganizationRoute(api, dependencies);
  addAccountRoutes(api, dependencies);
  addCoverageRoute(api, dependencies);
  addRepositoryRoutes(api, dependencies);
  addPrincipalRoutes(api, dependencies);
  addAccessRoute(api, dependencies, { views: accessViews(dependencies.store), reports });
  addActivityRoute(api, dependencies);
  addRulesRoute(api);
  addFindingRoutes(api, dependencies);
  addAlertRoutes(api, dependencies);
  addExceptionRoutes(api, dependencies);
  addKeptDriftRoute(api, dependencies);
  addDriftRoutes(api, dependencies, reports);
  addOverPermissionRoutes(api, dependencies, reports);
  addSuggestionRoute(api, dependencies, reports);
  addPoliciesRoute(api, dependencies, reports);
  addSeriesRoute(api, dependencies, reports);
  addExplainRoute(api, dependencies, snapshots);
  addRehearsalRoute(api, dependencies, snapshots);
  addAuditLogRoute(api, dependencies);
  // Fails here rather than at the first request where a route does not say who may ask it.
  routesOf(api);
  return api;
}
