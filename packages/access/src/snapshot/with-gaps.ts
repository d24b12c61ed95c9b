import { z } from 'zod';
import type { CollectionGap } from './gap.ts';
import type { SnapshotPart } from './part.ts';

const manifestSchema = z.looseObject({ gaps: z.array(z.looseObject({ source: z.string() })) });

/**
 * Adds the recorded gaps of a scan to those that its `snapshot.json` names, each once: steps record theirs in the database.
 *
 * A manifest that cannot be read stays as it is; the assembly refuses it and names the place.
 */
export function withGaps(parts: readonly SnapshotPart[], gaps: readonly CollectionGap[]): readonly SnapshotPart[] {
  return parts.map((part) =>
    part.path === 'snapshot.json' ? { ...part, content: addGaps(part.content, gaps) } : part,
  );
}

function addGaps(content: string, gaps: readonly CollectionGap[]): string {
  const manifest = manifestSchema.safeParse(parse(content));
  if (!manifest.success) {
    return content;
  }
  const known = new Set(manifest.data.gaps.map(identity));
  return JSON.stringify({
    ...manifest.data,
    gaps: [...manifest.data.gaps, ...gaps.filter((gap) => !known.has(identity(gap)))],
  });
}

function identity(gap: Partial<Record<'accountId' | 'region' | 'source' | 'resource', unknown>>): string {
  const { accountId = null, region = null, source, resource = null } = gap;
  return JSON.stringify([accountId, region, source, resource]);
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}
