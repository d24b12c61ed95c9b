import type { Tag } from './model.ts';

/** Whether two tags differ only in case, so that no condition key can tell them apart. */
export function hasAmbiguousTags(tags: readonly Tag[] | null | undefined): boolean {
  const names = (tags ?? []).map((tag) => tag.Key.toLowerCase());
  return new Set(names).size < names.length;
}
