import type { Api } from '../api-environment.ts';
import { type RouteRight, routeRights } from './route-rights.ts';

/** A route with its rights. */
export interface KnownRoute extends RouteRight {
  readonly operation: string;
  readonly method: string;
  /** As the document writes it, `/v1/scans/{id}`. */
  readonly path: string;
}

/** Every route that is registered, with its rights. Throws for one without, and for rights of which there is no route. */
export function routesOf(api: Api): readonly KnownRoute[] {
  const routes = api.openAPIRegistry.definitions.flatMap((definition): KnownRoute[] => {
    if (definition.type !== 'route') {
      return [];
    }
    const { method, path, operationId: operation = '' } = definition.route;
    const rights = Object.hasOwn(routeRights, operation) ? routeRights[operation] : undefined;
    if (rights === undefined) {
      throw new Error(
        `\`${method} ${path}\` says not who may ask it: expected \`${operation}\` in auth/route-rights.ts`,
      );
    }
    return [{ operation, method: method.toUpperCase(), path, ...rights }];
  });
  const known = new Set(routes.map(({ operation }) => operation));
  const vain = Object.keys(routeRights).filter((operation) => !known.has(operation));
  if (vain.length > 0) {
    throw new Error(`auth/route-rights.ts has rights of routes that are not there: ${vain.join(', ')}`);
  }
  return routes;
}

/** How Hono names the route of a request. */
export function routeKey(method: string, path: string): string {
  return `${method} ${path.replaceAll(/\{([^}]+)\}/g, ':$1')}`;
}
