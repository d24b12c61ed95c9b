import { describeOutsideResidual, type PrincipalRef } from '@ecr-audit/access';
import type { AccessCell } from '@ecr-audit/store';

/** What somebody who belongs to no scanned account may do with one repository. */
export interface OutsideAccess {
  /** `anyone` is whoever has AWS credentials; a condition may narrow that. */
  readonly who: 'anyone' | 'account' | 'service';
  readonly principal: PrincipalRef;
  readonly repository: string;
  readonly decision: AccessCell['decision'];
  /** In words; null where there is none. */
  readonly condition: string | null;
  readonly actions: readonly string[];
}

/** Access of anyone, of accounts outside the scan and of AWS services; anyone first. */
export function outsideAccess(cells: readonly AccessCell[]): OutsideAccess[] {
  const outsiders = cells.filter(
    ({ principal, action }) =>
      (principal.kind === 'external' || principal.kind === 'service') && action.startsWith('ecr:'),
  );
  const groups = Map.groupBy(outsiders, ({ principal, repository, decision, residual }) =>
    JSON.stringify([principal.id, repository?.arn, decision, residual]),
  );
  return [...groups.values()]
    .flatMap((group): OutsideAccess[] => {
      const [first] = group;
      if (first === undefined) {
        return [];
      }
      return [
        {
          who: whoIs(first.principal),
          principal: first.principal,
          repository: first.repository?.arn ?? '*',
          decision: first.decision,
          condition: describeOutsideResidual(first.residual, first.principal),
          actions: [...new Set(group.map(({ action }) => action))].toSorted(),
        },
      ];
    })
    .toSorted(
      (a, b) =>
        order.indexOf(a.who) - order.indexOf(b.who) ||
        compare(a.principal.arn, b.principal.arn) ||
        compare(a.repository, b.repository) ||
        compare(a.decision, b.decision) ||
        compare(a.condition ?? '', b.condition ?? ''),
    );
}

const order: readonly OutsideAccess['who'][] = ['anyone', 'account', 'service'];

function whoIs({ kind, accountId }: PrincipalRef): OutsideAccess['who'] {
  return kind === 'service' ? 'service' : accountId === null ? 'anyone' : 'account';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
