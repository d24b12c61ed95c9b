import type { TextPosition } from './lines.ts';

/** Something in a policy document that cannot be read, with the place and what was expected there. */
export interface Problem {
  /** Where in the document: `Statement[1].Condition.StringEquals`. */
  readonly place: string;
  /** One clause that says what was found and what was expected. */
  readonly message: string;
  /** Where that is in the JSON text, URL encoding taken off; missing where the document was given as an object. */
  readonly position?: TextPosition;
}

/** The place of a problem with its line and column, where they are known: `Statement[1].Effect (line 7, column 17)`. */
export function describePlace({ place, position }: Problem): string {
  return position === undefined ? place : `${place} (line ${position.line}, column ${position.column})`;
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
