import { type AccessRow, describeResidual, type Residual } from '@ecr-audit/access';

/** A row as it is exported. Every member is written in one order, wherever the row comes from. */
export interface PlainRow {
  /** ARN of a user, role, session or root user; the name of an AWS service; `*` for anyone outside. */
  readonly principal: string;
  readonly principalId: string;
  readonly principalKind: AccessRow['principal']['kind'];
  readonly principalAccount: string | null;
  readonly principalName: string;
  /** Account of the registry. */
  readonly account: string;
  readonly region: string;
  /** ARN, null for the actions of a registry that have no repository. */
  readonly repository: string | null;
  /** As policies see it: the repository's ARN, or `*`. */
  readonly resource: string;
  readonly action: string;
  readonly decision: AccessRow['decision'];
  readonly condition: string | null;
  readonly residual: Residual | null;
  readonly reasons: AccessRow['reasons'];
  readonly limits: AccessRow['limits'];
}

/** The same row gives the same text, whether it was evaluated just now or read from the database. */
export function plainRow(row: AccessRow): PlainRow {
  const { principal } = row;
  const residual = row.residual === null ? null : plainResidual(row.residual);
  return {
    principal: principal.arn,
    principalId: principal.id,
    principalKind: principal.kind,
    principalAccount: principal.accountId,
    principalName: principal.name,
    account: row.accountId,
    region: row.region,
    repository: row.resource === '*' ? null : row.resource,
    resource: row.resource,
    action: row.action,
    decision: row.decision,
    condition: describeResidual(residual),
    residual,
    reasons: row.reasons.map(({ policyType, policy, statement, effect, via }) => ({
      policyType,
      policy,
      statement,
      effect,
      via,
    })),
    limits: row.limits.map(({ code, message }) => ({ code, message })),
  };
}

function plainResidual(residual: Residual): Residual {
  if ('all' in residual) {
    return { all: residual.all.map(plainResidual) };
  }
  if ('any' in residual) {
    return { any: residual.any.map(plainResidual) };
  }
  if ('not' in residual) {
    return { not: plainResidual(residual.not) };
  }
  if ('operator' in residual) {
    return { operator: residual.operator, key: residual.key, values: [...residual.values] };
  }
  return 'pattern' in residual
    ? { resource: residual.resource, pattern: residual.pattern }
    : { unreadable: residual.unreadable };
}
