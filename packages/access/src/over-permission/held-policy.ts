import { ecrStatementsOf, type EcrStatements } from './ecr-statements.ts';
import type { PolicyHolder, PolicyRoute } from './policy-routes.ts';

/** A holder and a policy that it has, in one or more ways. */
export interface HeldPolicy {
  readonly holder: PolicyHolder;
  readonly policy: string;
  readonly routes: readonly PolicyRoute[];
  readonly says: EcrStatements;
}

/** The policies of a holder that say anything of ECR. */
export function heldPolicies(holder: PolicyHolder): HeldPolicy[] {
  return [...Map.groupBy(holder.routes, ({ policy }) => policy)].flatMap(([policy, routes]): HeldPolicy[] => {
    const [first] = routes;
    const says = first === undefined ? null : ecrStatementsOf(first.named);
    return says === null || says.actions.size === 0 ? [] : [{ holder, policy, routes, says }];
  });
}
