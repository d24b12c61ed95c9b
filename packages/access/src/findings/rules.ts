import type { Rule } from './rule.ts';
import { accountLeft } from './rules/account-left.ts';
import { adminGrant } from './rules/admin-grant.ts';
import { blind } from './rules/blind.ts';
import { boundaryOff } from './rules/boundary-off.ts';
import { breakGlass } from './rules/break-glass.ts';
import { conditionRemoved } from './rules/condition-removed.ts';
import { creationTemplate } from './rules/creation-template.ts';
import { crossAccountPull } from './rules/cross-account-pull.ts';
import { crossAccountPush } from './rules/cross-account-push.ts';
import { crossAccountUse } from './rules/cross-account-use.ts';
import { deadPrincipal } from './rules/dead-principal.ts';
import { denyRemoved } from './rules/deny-removed.ts';
import { dormantAdmin } from './rules/dormant-admin.ts';
import { dormantPush } from './rules/dormant-push.ts';
import { lifecycle } from './rules/lifecycle.ts';
import { managedDrift } from './rules/managed-drift.ts';
import { massDelete } from './rules/mass-delete.ts';
import { neverUsedCrossAccount } from './rules/never-used-cross-account.ts';
import { newCacheRule } from './rules/new-cache-rule.ts';
import { newDelete } from './rules/new-delete.ts';
import { newPull } from './rules/new-pull.ts';
import { newPush } from './rules/new-push.ts';
import { newReplication } from './rules/new-replication.ts';
import { notPrincipal } from './rules/not-principal.ts';
import { oidcNoSubject } from './rules/oidc-no-subject.ts';
import { oidcPullRequest } from './rules/oidc-pull-request.ts';
import { organizationPush } from './rules/organization-push.ts';
import { policyAttempt } from './rules/policy-attempt.ts';
import { publicPull } from './rules/public-pull.ts';
import { publicPush } from './rules/public-push.ts';
import { pullThroughCache } from './rules/pull-through-cache.ts';
import { registryReplication } from './rules/registry-replication.ts';
import { registryScope } from './rules/registry-scope.ts';
import { replicationOut } from './rules/replication-out.ts';
import { rootUse } from './rules/root-use.ts';
import { scanOff } from './rules/scan-off.ts';
import { scpWeak } from './rules/scp-weak.ts';
import { serviceLinkedRole } from './rules/service-linked-role.ts';
import { serviceLinkedTrust } from './rules/service-linked-trust.ts';
import { signingOff } from './rules/signing-off.ts';
import { staleKey } from './rules/stale-key.ts';
import { staleOrganization } from './rules/stale-organization.ts';
import { tagMutable } from './rules/tag-mutable.ts';
import { trustExternal } from './rules/trust-external.ts';
import { trustWide } from './rules/trust-wide.ts';
import { unusualPush } from './rules/unusual-push.ts';
import { wildcard } from './rules/wildcard.ts';

/**
 * Every rule, those about who gets in first.
 *
 * Not among them: who reaches push through roles that it may assume, and who can grant itself the right. Both are paths over several
 * policies; they will be rules like these, over `ScanView`.
 */
export const RULES: readonly Rule[] = [
  publicPush,
  publicPull,
  crossAccountPush,
  crossAccountPull,
  organizationPush,
  adminGrant,
  wildcard,
  newPush,
  newPull,
  newDelete,
  denyRemoved,
  conditionRemoved,
  notPrincipal,
  registryReplication,
  pullThroughCache,
  newCacheRule,
  registryScope,
  replicationOut,
  newReplication,
  creationTemplate,
  oidcNoSubject,
  oidcPullRequest,
  trustExternal,
  trustWide,
  boundaryOff,
  scpWeak,
  staleOrganization,
  accountLeft,
  deadPrincipal,
  dormantPush,
  dormantAdmin,
  neverUsedCrossAccount,
  staleKey,
  tagMutable,
  scanOff,
  signingOff,
  lifecycle,
  serviceLinkedRole,
  serviceLinkedTrust,
  policyAttempt,
  unusualPush,
  crossAccountUse,
  rootUse,
  massDelete,
  managedDrift,
  blind,
  breakGlass,
];
