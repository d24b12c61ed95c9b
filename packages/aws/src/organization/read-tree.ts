import {
  ListRootsCommand,
  paginateListAccountsForParent,
  paginateListOrganizationalUnitsForParent,
} from '@aws-sdk/client-organizations';
import type { Account, OrganizationalUnit, Root } from '@aws-sdk/client-organizations';

import { requiredMember } from '../required-member.ts';
import { accountIdOf, everyItem } from './organization-reader.ts';
import type { OrganizationReader } from './organization-reader.ts';

// The largest page that these calls give.
const pageSize = 20;

// AWS allows 2,000 units; a tree beyond this never ends.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
const nodesMax = 10_000;

interface TreeUnit extends OrganizationalUnit {
  readonly Id: string;
  readonly parentId: string;
}

export interface TreeAccount extends Account {
  readonly Id: string;
  readonly parentId: string;
}

export interface OrganizationTree {
  readonly roots: readonly Root[];
  readonly units: ReadonlyMap<string, TreeUnit>;
  readonly accounts: ReadonlyMap<string, TreeAccount>;
}

/**
 * Reads roots, units and accounts; null where not even the roots were read.
 *
 * Two calls a unit and one page for every 20 accounts. Rejected: ListAccounts and a ListParents for each, which asks 500
 * accounts 525 times where this takes some 40.
 */
export async function readTree(reader: OrganizationReader): Promise<OrganizationTree | null> {
  const { organizations: client } = reader.session;
  const roots = await reader.read('ListRoots', { resource: null }, async () =>
    requiredMember('Roots', (await client.send(new ListRootsCommand({}))).Roots).map((root) => ({
      ...root,
      Id: requiredMember('Id', root.Id),
    })),
  );
  if (roots === null) {
    return null;
  }
  const units = new Map<string, TreeUnit>();
  const accounts = new Map<string, TreeAccount>();
  const waiting = roots.map((root) => root.Id);
  for (let parentId = waiting.shift(); parentId !== undefined; parentId = waiting.shift()) {
    const parent = parentId;
    const input = { ParentId: parent };
    const below = await reader.read('ListOrganizationalUnitsForParent', { resource: parent }, () =>
      everyItem(
        'ListOrganizationalUnitsForParent',
        paginateListOrganizationalUnitsForParent({ client, pageSize }, input),
        (page) => requiredMember('OrganizationalUnits', page.OrganizationalUnits),
      ).then((found) => found.map((unit) => ({ ...unit, Id: requiredMember('Id', unit.Id), parentId: parent }))),
    );
    for (const unit of below ?? []) {
      if (!units.has(unit.Id) && units.size < nodesMax) {
        waiting.push(unit.Id);
      }
      units.set(unit.Id, unit);
    }
    const within = await reader.read('ListAccountsForParent', { resource: parent }, () =>
      everyItem('ListAccountsForParent', paginateListAccountsForParent({ client, pageSize }, input), (page) =>
        requiredMember('Accounts', page.Accounts),
      ).then((found) => found.map((account) => ({ ...account, Id: accountIdOf(account.Id), parentId: parent }))),
    );
    for (const account of within ?? []) {
      // One that was moved meanwhile stands where it was seen last.
      accounts.set(account.Id, account);
    }
  }
  return { roots, units, accounts };
}
