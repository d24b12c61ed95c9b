import type { CollectionGap } from '@ecr-audit/access';

/** A gap in one line: where, what, why. */
export function describeGap({ accountId, region, source, resource, reason, message }: CollectionGap): string {
  const place = [accountId ?? 'every account', region].filter((part) => part !== null).join(' ');
  return `${place}: ${source}${resource === null ? '' : ` of ${resource}`}: ${message === '' ? reason : message}`;
}
