import type { SnapshotPart } from '@ecr-audit/access';
import { z } from 'zod';
import { organizationFor } from '../organization-generator/generate.ts';
import { generatorOptions } from '../organization-generator/options.ts';
import { renderSnapshot } from '../organization-generator/render-snapshot.ts';
import type { HostileDocuments } from './hostile-documents.ts';

/** How many roles and how many repositories carry a hostile document. */
const CARRIERS = 5;

/** Names may have 256 characters; a pattern that backtracks pays for each. */
const longName = `${'a'.repeat(200)}c`;

export interface HostileSnapshot {
  readonly parts: readonly SnapshotPart[];
  /** A question that meets the hostile document. */
  readonly question: { readonly principal: string; readonly action: string; readonly resource: string };
}

/** A small organization in which hostile documents are attached here and there. */
export function hostileSnapshot(documents: HostileDocuments): HostileSnapshot {
  const organization = organizationFor(generatorOptions({ accounts: 1, principals: 60, repositories: 30 }));
  const [account] = organization.accounts;
  const [registry] = account?.registries ?? [];
  if (account === undefined || registry === undefined) {
    throw new Error('an organization without an account or a registry cannot carry documents');
  }
  registry.repositories.unshift(
    ...Array.from({ length: CARRIERS }, (_, index) => ({ name: `${longName}${index}`, tags: {} })),
  );
  const parts = renderSnapshot(organization).map((part) => withDocuments(part, documents, registry.region));
  const role = account.roles.find(({ path }) => !path.startsWith('/aws-'));
  return {
    parts,
    question: {
      principal: `arn:aws:iam::${account.plan.id}:role${role?.path ?? '/'}${role?.name ?? ''}`,
      action: 'ecr:PutImage',
      resource: `arn:aws:ecr:${registry.region}:${account.plan.id}:repository/${longName}0`,
    },
  };
}

function withDocuments(part: SnapshotPart, { identity, repository }: HostileDocuments, region: string): SnapshotPart {
  if (identity !== null && part.path.endsWith('/account-authorization-details.json')) {
    return { ...part, content: withInline(part.content, identity) };
  }
  if (repository !== null && part.path.endsWith(`/${region}/repository-policies.json`)) {
    return { ...part, content: withRepositoryPolicy(part.content, repository) };
  }
  return part;
}

const detailsSchema = z.looseObject({
  RoleDetailList: z.array(z.looseObject({ Path: z.string(), RolePolicyList: z.array(z.unknown()) })),
});

function withInline(content: string, text: string): string {
  const details = detailsSchema.parse(JSON.parse(content));
  details.RoleDetailList.filter(({ Path }) => !Path.startsWith('/aws-'))
    .slice(0, CARRIERS)
    .forEach((role) => role.RolePolicyList.push({ PolicyName: 'hostile', PolicyDocument: text }));
  return JSON.stringify(details);
}

function withRepositoryPolicy(content: string, text: string): string {
  const policies = z.array(z.unknown()).parse(JSON.parse(content));
  const hostile = Array.from({ length: CARRIERS }, (_, index) => ({
    repositoryName: `${longName}${index}`,
    policyText: text,
  }));
  return JSON.stringify([...policies, ...hostile]);
}
