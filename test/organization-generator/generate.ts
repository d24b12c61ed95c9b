import type { SnapshotPart } from '@ecr-audit/access';
import { catalogOf } from './managed-policies.ts';
import type { AccountPlan } from './account-plan.ts';
import type { Account, GeneratedOrganization } from './model.ts';
import type { GeneratorOptions } from './options.ts';
import { renderSnapshot } from './render-snapshot.ts';
import { principalArn } from './render-iam.ts';
import { makeRegistries } from './repositories.ts';
import type { Grantees } from './repository-policies.ts';
import { makeRole } from './roles.ts';
import { type Scene, sceneOf } from './scene.ts';
import { organizationOf } from './units.ts';
import { makeGroups, makeUser } from './users.ts';

/** Of every hundred principals of an account so many are users. */
const USER_SHARE = 0.06;

/** A large organization as a snapshot directory holds it: the same for the same options. */
export function generateOrganization(options: GeneratorOptions): SnapshotPart[] {
  return renderSnapshot(organizationFor(options));
}

/** The organization as plain data, for whoever goes on to change it. */
export function organizationFor(options: GeneratorOptions): GeneratedOrganization {
  const scene = sceneOf(options);
  const accounts = scene.accounts.map((plan) => identitiesOf(scene, plan));
  const grantees = granteesOf(accounts);
  for (const account of accounts) {
    account.registries.push(...makeRegistries({ scene, account: account.plan }, grantees));
  }
  return { scene, day: 0, firstDocuments: new Map(), organization: organizationOf(scene), accounts };
}

function identitiesOf(scene: Scene, plan: AccountPlan): Account {
  const place = { scene, account: plan };
  const catalog = catalogOf(place);
  const groups = plan.principalCount === 0 ? [] : makeGroups(place, catalog);
  const userCount = Math.floor(plan.principalCount * USER_SHARE);
  return {
    plan,
    users: Array.from({ length: userCount }, (_, number) => makeUser(place, catalog, groups, number)),
    groups,
    roles: Array.from({ length: plan.principalCount - userCount }, (_, number) => makeRole(place, catalog, number)),
    policies: catalog.policies,
    registries: [],
  };
}

/** Repository policies name roles that work with images, not those that AWS's services keep for themselves. */
export function granteesOf(accounts: readonly Account[]): Grantees {
  return new Map(
    accounts.map((account) => [
      account.plan.id,
      account.roles.filter(({ path }) => !path.startsWith('/aws-')).map((role) => principalArn(account, 'role', role)),
    ]),
  );
}
