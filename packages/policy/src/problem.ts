/** Something in a policy document that cannot be read, with the place and what was expected there. */
export interface Problem {
  /** Where in the document: `Statement[1].Condition.StringEquals`. */
  readonly place: string;
  /** One clause that says what was found and what was expected. */
  readonly message: string;
}

/** A value that was read, or the problem that stands in its place. */
export type Readable<T> =
  | { readonly kind: 'readable'; readonly value: T }
  | { readonly kind: 'unreadable'; readonly problem: Problem };

export function readable<T>(value: T): Readable<T> {
  return { kind: 'readable', value };
}

export function unreadable(place: string, message: string): Readable<never> {
  return { kind: 'unreadable', problem: { place, message } };
}

/** Names a value in a message: short, in backticks, never the whole of a large one. */
export function describeValue(value: unknown): string {
  const valueLengthMax = 60;
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return `\`${text.length > valueLengthMax ? `${text.slice(0, valueLengthMax)}...` : text}\``;
}
