import type { ApiScope } from '@ecr-audit/store';

/**
 * What a credential that is limited to accounts gets of a route.
 *
 * `filtered`: what is about its accounts, which the route sees to (`accountsOf`). `refused`: nothing, because the answer is about a
 * whole target. `noAccounts`: all, because nothing in the answer is about any account.
 */
type AccountLimit = 'filtered' | 'refused' | 'noAccounts';

export interface RouteRight {
  readonly scope: ApiScope | 'public';
  readonly accounts: AccountLimit;
}

const open: RouteRight = { scope: 'public', accounts: 'noAccounts' };
const right = (scope: ApiScope, accounts: AccountLimit): RouteRight => ({ scope, accounts });

/**
 * Who may ask what, by operation. A route that is not here keeps the API from being made, so none is open by being forgotten.
 *
 * In one place, so that who may do what is read on one page. Rejected: a line with each route, which is forty files to review.
 *
 * About an account is what belongs to its registries: who has access there, from whatever account, what was used there, what was
 * found there. Principals belong to their own account; a finding is told whole, also where else its principal reaches. What compares, ranks or rehearses a whole target is refused: less of it would
 * be another answer, and would look like the whole one.
 */
export const routeRights: Readonly<Record<string, RouteRight>> = {
  // They hold no data: what the process is, and how to ask it.
  getHealth: open,
  getReadiness: open,
  getOpenApiDocument: open,
  getDocumentation: open,

  listAccounts: right('read', 'filtered'),
  listCoverage: right('read', 'filtered'),
  listRepositories: right('read', 'filtered'),
  getRepository: right('read', 'filtered'),
  listRepositoryAccess: right('read', 'filtered'),
  listPrincipals: right('read', 'filtered'),
  getPrincipal: right('read', 'filtered'),
  listPrincipalAccess: right('read', 'filtered'),
  listAccess: right('read', 'filtered'),
  explain: right('read', 'filtered'),
  listActivity: right('read', 'filtered'),
  listSeries: right('read', 'filtered'),
  listFindings: right('read', 'filtered'),
  getFinding: right('read', 'filtered'),
  listExceptions: right('read', 'filtered'),
  listBaselines: right('read', 'filtered'),
  listRules: right('read', 'noAccounts'),
  // Whoever has the id of a scan was given it by an answer, which said as much of it.
  getScan: right('read', 'noAccounts'),
  followScan: right('read', 'noAccounts'),
  listOrganizations: right('read', 'refused'),
  listScans: right('read', 'refused'),
  getScanCoverage: right('read', 'refused'),
  getScanDrift: right('read', 'refused'),
  compareScans: right('read', 'refused'),
  listDifferences: right('read', 'refused'),
  reportOverPermission: right('read', 'refused'),
  listPoliciesInVain: right('read', 'refused'),
  suggestPolicy: right('read', 'refused'),
  listPolicies: right('read', 'refused'),
  rehearse: right('read', 'refused'),

  requestScan: right('operate', 'filtered'),
  acknowledgeFinding: right('operate', 'filtered'),
  listAlerts: right('operate', 'refused'),
  retryAlert: right('operate', 'refused'),

  // What is approved is silent from then on, which is more than the daily work.
  addException: right('admin', 'filtered'),
  withdrawException: right('admin', 'filtered'),
  approveBaseline: right('admin', 'filtered'),
  listAuditLog: right('admin', 'refused'),
};
