import type { Place } from './place.ts';
import { describeValue, type Readable, readable } from './problem.ts';

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One text or a list of texts, as the policy language lets one write both. An empty list is a problem. */
export function parseTexts(value: unknown, place: Place): Readable<readonly string[]> {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) {
    return place.unreadable('is empty: expected at least one value');
  }
  const texts: string[] = [];
  for (const [index, item] of list.entries()) {
    if (typeof item !== 'string') {
      return place.value(value, index).unreadable(`holds ${describeValue(item)}: expected text or a list of texts`);
    }
    texts.push(item);
  }
  return readable(texts);
}
