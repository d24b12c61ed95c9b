import type { Statement } from '@ecr-audit/policy';
import { mightConcern } from '@ecr-audit/policy';
import { ECR_ACTIONS } from '../ecr/actions.ts';
import type { NamedDocument } from '../snapshot/model.ts';
import type { FindingInput } from './finding-input.ts';
import type { Match } from './rule.ts';
import { roleMatch } from './trust-match.ts';
import { writingRoles } from './trust.ts';
import { registryName } from './words.ts';

/** A policy that lets others in, with what findings about it have in common. */
export interface TrustingDocument {
  readonly kind: 'repository' | 'registry' | 'trust';
  readonly named: NamedDocument;
  readonly resource: string;
  /** Worked out when it is asked for: of a role that is what it may do. */
  readonly match: () => Pick<
    Match,
    'accountId' | 'region' | 'resource' | 'principal' | 'repositories' | 'isProduction'
  >;
}

/** The policies of repositories and registries, and who may become a role that writes to them. */
export function trustingDocuments(input: FindingInput): TrustingDocument[] {
  const { scan } = input;
  const registries = [...scan.snapshot.accounts.values()].flatMap(({ id: accountId, regions }) =>
    [...regions.values()].map(({ region, registry }) => ({ accountId, region, policy: registry.policy })),
  );
  return [
    ...scan.repositories.flatMap((repository): TrustingDocument[] => {
      const { policy, accountId, region, arn } = repository;
      const match = { accountId, region, resource: arn, repositories: [repository] };
      return policy.kind === 'policy'
        ? [{ kind: 'repository', named: policy.named, resource: arn, match: () => match }]
        : [];
    }),
    ...registries.flatMap(({ accountId, region, policy }): TrustingDocument[] => {
      const match = { accountId, region, resource: registryName({ accountId, region }) };
      return policy.kind === 'policy'
        ? [{ kind: 'registry', named: policy.named, resource: match.resource, match: () => match }]
        : [];
    }),
    ...writingRoles(input).map((role): TrustingDocument => ({
      kind: 'trust',
      named: role.trust,
      resource: role.principal.arn,
      match: () => {
        const { accountId, region, resource, principal, repositories, isProduction } = roleMatch(role);
        return {
          accountId,
          region,
          resource,
          ...(principal === undefined ? {} : { principal }),
          ...(repositories === undefined ? {} : { repositories }),
          ...(isProduction === undefined ? {} : { isProduction }),
        };
      },
    })),
  ];
}

/** The statements that allow something of ECR, or to become the role. */
export function allowsIn({ kind, named: { document } }: TrustingDocument): Statement[] {
  const statements = document.kind === 'readable' ? document.value.statements : [];
  return statements.filter(
    (statement) =>
      statement.effect.kind === 'readable' &&
      statement.effect.value === 'Allow' &&
      (kind === 'trust' || ECR_ACTIONS.some(({ name }) => mightConcern(statement, name))),
  );
}
