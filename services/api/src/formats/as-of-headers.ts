import type { AsOf } from '@ecr-audit/store';

/** What every answer says of its scan, where the body has no place for it. */
export function asOfHeaders(asOf: AsOf | null): Readonly<Record<string, string>> {
  return asOf === null
    ? {}
    : {
        'ecr-audit-scan': asOf.scanId,
        'ecr-audit-taken-at': asOf.takenAt,
        // Keys are of configurations, which may have any characters in them.
        'ecr-audit-target': encodeURI(asOf.targetKey),
        'ecr-audit-complete': String(asOf.isComplete),
        'ecr-audit-gaps': String(asOf.gaps),
      };
}
