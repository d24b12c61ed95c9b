import { managementAccount } from './accounts/management.ts';
import { productionAccount } from './accounts/production.ts';
import { registryAccount } from './accounts/registry.ts';
import { sandboxAccount } from './accounts/sandbox.ts';
import { securityAccount } from './accounts/security.ts';
import { stagingAccount } from './accounts/staging.ts';
import type { Account, Company, Registry, Region, Repository, Role, User } from './model.ts';
import { organization } from './organization.ts';

/** The company as it was on 9 November 2026, made anew at each call so that the caller may change it. */
export function companyBefore(): Company {
  const accounts = [
    managementAccount(),
    securityAccount(),
    registryAccount(),
    productionAccount(),
    stagingAccount(),
    sandboxAccount(),
  ];
  return structuredClone({ organization: organization(), accounts });
}

export function accountOf(company: Company, accountId: string): Account {
  return found(
    company.accounts.find((account) => account.id === accountId),
    accountId,
  );
}

export function registryOf(company: Company, accountId: string, region: Region): Registry {
  return accountOf(company, accountId).registries[region];
}

export function repositoryOf(registry: Registry, name: string): Repository {
  return named(registry.repositories, name);
}

export function roleOf(account: Account, name: string): Role {
  return named(account.roles, name);
}

export function userOf(account: Account, name: string): User {
  return named(account.users, name);
}

export function arnOf(
  account: Account,
  kind: 'user' | 'role' | 'group' | 'policy',
  owner: { name: string; path?: string },
): string {
  return `arn:aws:iam::${account.id}:${kind}${owner.path ?? '/'}${owner.name}`;
}

export function named<T extends { name: string }>(things: readonly T[], name: string): T {
  return found(
    things.find((thing) => thing.name === name),
    name,
  );
}

function found<T>(thing: T | undefined, name: string): T {
  if (thing === undefined) {
    throw new Error(`the company has no \`${name}\``);
  }
  return thing;
}
