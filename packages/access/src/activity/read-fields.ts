/** Longer than any name, ARN or address that AWS writes. What is longer is cut, so that no event can fill a table. */
const TEXT_LENGTH_MAX = 2048;

/** A member of an object that came from outside; undefined where there is no object or no such member. */
export function member(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The text of a member, bounded, and such that a database can hold it; null where there is none. */
export function textMember(value: unknown, key: string, lengthMax: number = TEXT_LENGTH_MAX): string | null {
  const text = member(value, key);
  return typeof text === 'string' && text !== '' ? storableText(text, lengthMax) : null;
}

/** Cuts a text and replaces what Postgres cannot hold: zero bytes and halves of surrogate pairs. */
export function storableText(text: string, lengthMax: number = TEXT_LENGTH_MAX): string {
  const cut = text.length > lengthMax ? text.slice(0, lengthMax) : text;
  return cut.isWellFormed() && !cut.includes('\0') ? cut : cut.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** The elements of a member that is a list, bounded; empty where there is none. */
export function listMember(value: unknown, key: string, lengthMax: number): readonly unknown[] {
  const list = member(value, key);
  return Array.isArray(list) ? list.slice(0, lengthMax) : [];
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
