import type { AccessAnswer } from './answer.ts';
import type { PrincipalRef } from './principal.ts';

/**
 * One cell of the effective access: what one principal may do with one action here.
 *
 * `resource` is a repository ARN, or `*` for the actions of a registry that have no repository;
 * `accountId` and `region` are those of the registry.
 */
export interface AccessRow extends AccessAnswer {
  readonly principal: PrincipalRef;
  readonly accountId: string;
  readonly region: string;
  readonly resource: string;
  /** An ECR action (`ecr:PutImage`) or a capability (`pull`, `push`). */
  readonly action: string;
}
