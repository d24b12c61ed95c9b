import type { SnapshotPart } from '@ecr-audit/access';

const ordered = new Set(['PolicyDocument', 'AssumeRolePolicyDocument', 'Document']);

/**
 * Puts a part into a form in which order that AWS does not promise is gone. Order within policy documents stays: a
 * statement without a Sid is named by its index.
 */
export function comparable(part: SnapshotPart): unknown {
  return unordered(JSON.parse(part.content));
}

function unordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(unordered).toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, ordered.has(key) ? member : unordered(member)]));
}
