import { describeValue, type Readable, readable, unreadable } from './problem.ts';

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One text or a list of texts, as the policy language lets one write both. An empty list is a problem. */
export function parseTexts(value: unknown, place: string): Readable<readonly string[]> {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) {
    return unreadable(place, 'is empty: expected at least one value');
  }
  const texts: string[] = [];
  for (const item of list) {
    if (typeof item !== 'string') {
      return unreadable(place, `holds ${describeValue(item)}: expected text or a list of texts`);
    }
    texts.push(item);
  }
  return readable(texts);
}
