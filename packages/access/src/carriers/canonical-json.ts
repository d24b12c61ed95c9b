/** Whether two values say the same in JSON, whatever the order of their members. */
export function sameJson(a: unknown, b: unknown): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}

/** The same text for the same value. A text that is JSON counts as what it says: documents come either way. */
export function canonicalJson(value: unknown): string {
  const decoded = typeof value === 'string' ? parsed(value) : value;
  if (typeof decoded !== 'object' || decoded === null) {
    return JSON.stringify(decoded) ?? 'null';
  }
  const known = texts.get(decoded) ?? JSON.stringify(sorted(decoded, 0));
  texts.set(decoded, known);
  return known;
}

// Accounts share the very document of a policy of AWS, and hundreds of them have it.
const texts = new WeakMap<object, string>();

/** A text as what it decodes to; one that is no JSON stays a text. */
export function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

// A policy is six deep: document, statements, statement, conditions, operator, key, values. What lies deeper is in no part that
// can be read, and a document may be made deep enough to end a recursion.
const DEPTH_MAX = 32;

function sorted(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (depth > DEPTH_MAX) {
    return null;
  }
  if (Array.isArray(value)) {
    return value.map((each) => sorted(each, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]: [string, unknown]) => [key, sorted(member, depth + 1)]),
  );
}
