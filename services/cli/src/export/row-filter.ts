import type { AccessRow } from '@ecr-audit/access';
import type { AccessOptions } from '../options/access-options.ts';

/** Whether a row is wanted. */
export function rowFilter(options: AccessOptions): (row: AccessRow) => boolean {
  const { by, principal, repository, decision } = options;
  return (row) =>
    (by === 'all' || row.action.startsWith('ecr:') === (by === 'action')) &&
    (principal === undefined || [row.principal.arn, row.principal.id, row.principal.name].includes(principal)) &&
    (repository === undefined || row.resource === repository || row.resource.endsWith(`:repository/${repository}`)) &&
    (decision === undefined || row.decision === decision);
}
