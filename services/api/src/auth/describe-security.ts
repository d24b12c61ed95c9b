import type { Api } from '../api-environment.ts';
import { routeRights } from './route-rights.ts';

const limits = {
  filtered: 'A credential that is limited to accounts gets what is about these.',
  refused: 'A credential that is limited to accounts is refused.',
  noAccounts: null,
} as const;

/** Writes into the document which scope each operation needs, and what a limited credential gets of it. */
export function describeSecurity(document: ReturnType<Api['getOpenAPI31Document']>): void {
  document.components = {
    ...document.components,
    securitySchemes: {
      bearer: {
        type: 'http',
        scheme: 'bearer',
        description:
          'A token that `ecr-audit tokens create` made, or one of an issuer of OpenID Connect that is configured. Scopes: `read`; `operate`, which includes it; `admin`, which includes both.',
      },
    },
  };
  for (const item of Object.values(document.paths ?? {})) {
    for (const operation of [item.get, item.post, item.put, item.patch, item.delete]) {
      const rights = routeRights[operation?.operationId ?? ''];
      if (operation !== undefined && rights !== undefined) {
        const limit = rights.scope === 'public' ? null : limits[rights.accounts];
        operation['x-account-limit'] = rights.accounts;
        operation.security = rights.scope === 'public' ? [] : [{ bearer: [rights.scope] }];
        if (limit !== null) {
          operation.description = operation.description === undefined ? limit : `${operation.description} ${limit}`;
        }
      }
    }
  }
}
