import { documentSlots } from './document-slots.ts';
import type { GeneratedOrganization } from './model.ts';

export interface OrganizationCounts {
  readonly accounts: number;
  readonly principals: number;
  readonly repositories: number;
  readonly repositoriesWithPolicy: number;
  readonly boundaries: number;
  /** Without those that AWS wrote. */
  readonly documents: number;
  readonly distinctDocuments: number;
  readonly managedPolicies: number;
  readonly inlinePolicies: number;
  readonly statements: number;
  readonly statementsWithCondition: number;
  readonly denyStatements: number;
}

export function countOrganization(organization: GeneratedOrganization): OrganizationCounts {
  const { accounts } = organization;
  const slots = documentSlots(organization);
  const statements = slots.flatMap(({ document }) => document.Statement);
  const principals = accounts.flatMap(({ users, roles }) => [...users, ...roles]);
  const repositories = accounts.flatMap(({ registries }) => registries.flatMap((registry) => registry.repositories));
  return {
    accounts: accounts.length,
    principals: principals.length,
    repositories: repositories.length,
    repositoriesWithPolicy: repositories.filter(({ policy }) => policy !== undefined).length,
    boundaries: principals.filter(({ boundary }) => boundary !== undefined).length,
    documents: slots.length,
    distinctDocuments: new Set(slots.map(({ document }) => JSON.stringify(document))).size,
    managedPolicies: slots.filter(({ kind }) => kind === 'managed').length,
    inlinePolicies: slots.filter(({ kind }) => kind === 'inline').length,
    statements: statements.length,
    statementsWithCondition: statements.filter(({ Condition }) => Condition !== undefined).length,
    denyStatements: statements.filter(({ Effect }) => Effect === 'Deny').length,
  };
}

/** The counts as lines for people. */
export function countLines(counts: OrganizationCounts): string[] {
  return [
    `accounts      ${counts.accounts}`,
    `principals    ${counts.principals}, ${share(counts.boundaries, counts.principals)} with a permissions boundary`,
    `repositories  ${counts.repositories}, ${share(counts.repositoriesWithPolicy, counts.repositories)} with a policy`,
    `documents     ${counts.documents} (${counts.managedPolicies} managed, ${counts.inlinePolicies} inline), ${counts.distinctDocuments} different texts; AWS's own not counted`,
    `statements    ${counts.statements}, ${share(counts.statementsWithCondition, counts.statements)} with conditions, ${share(counts.denyStatements, counts.statements)} denials`,
  ];
}

function share(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(0)} %`;
}
