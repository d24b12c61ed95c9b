import { Lines } from './lines.ts';
import { type Readable, readable, unreadable } from './problem.ts';

/** Deeper than any policy document; a text that goes on nesting is hostile. */
const DEPTH_MAX = 64;

/**
 * Reads JSON text, and refuses what `JSON.parse` lets pass in silence: an object that names a key twice, of which
 * either could be meant.
 *
 * The place of a problem is its line and column. Costs one pass over the text.
 */
export function parseJson(text: string): Readable<unknown> {
  const read = readJson(text);
  if (read.kind === 'value') {
    return readable(read.value);
  }
  const { line, column } = new Lines(text).positionOf(read.at);
  return unreadable(`line ${line}, column ${column}`, read.message);
}

/** JSON text as it was read, or the offset at which it cannot be. */
export type JsonReading =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'problem'; readonly at: number; readonly message: string };

/** Where a member of an object or of a list stands in the text. The name of a list's member is the member itself. */
interface Mark {
  readonly nameAt: number;
  readonly valueAt: number;
}

/** By object or list, and within it by key or index. */
export type Marks = Map<unknown, Map<string | number, Mark>>;

/** Reads JSON text; where `marks` are given, they are filled with where everything stands. */
export function readJson(text: string, marks: Marks | null = null): JsonReading {
  try {
    return { kind: 'value', value: new JsonReader(text, marks).readWhole() };
  } catch (error) {
    if (error instanceof JsonProblem) {
      return { kind: 'problem', at: error.at, message: error.message };
    }
    throw error;
  }
}

class JsonProblem extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

class JsonReader {
  readonly #text: string;
  readonly #marks: Marks | null;
  #at = 0;
  #depth = 0;

  constructor(text: string, marks: Marks | null) {
    this.#text = text;
    this.#marks = marks;
  }

  readWhole(): unknown {
    const value = this.#readValue();
    this.#skipSpace();
    if (this.#at < this.#text.length) {
      throw this.#problem('has text after the end: expected one JSON value');
    }
    return value;
  }

  #readValue(): unknown {
    this.#skipSpace();
    const char = this.#text.charAt(this.#at);
    switch (char) {
      case '{':
        return this.#nested(() => this.#readObject());
      case '[':
        return this.#nested(() => this.#readArray());
      case '"':
        return this.#readText();
      default:
        return this.#readScalar();
    }
  }

  #nested<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > DEPTH_MAX) {
      throw this.#problem(`is nested more than ${DEPTH_MAX} levels deep`);
    }
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #readObject(): Readonly<Record<string, unknown>> {
    const entries = new Map<string, unknown>();
    const marks = this.#marks === null ? null : new Map<string, Mark>();
    this.#at += 1;
    for (let isFirst = true; !this.#takes('}'); isFirst = false) {
      if (!isFirst) {
        this.#expect(',', '`,` or `}`');
      }
      this.#skipSpace();
      const at = this.#at;
      const key = this.#readText();
      if (entries.has(key)) {
        throw new JsonProblem(at, `names the key \`${key.slice(0, 60)}\` twice: expected each key once`);
      }
      this.#expect(':', '`:`');
      this.#skipSpace();
      marks?.set(key, { nameAt: at, valueAt: this.#at });
      entries.set(key, this.#readValue());
    }
    const value = Object.fromEntries(entries);
    if (marks !== null) {
      this.#marks?.set(value, marks);
    }
    return value;
  }

  #readArray(): unknown[] {
    const values: unknown[] = [];
    const marks = this.#marks === null ? null : new Map<number, Mark>();
    this.#at += 1;
    for (let isFirst = true; !this.#takes(']'); isFirst = false) {
      if (!isFirst) {
        this.#expect(',', '`,` or `]`');
      }
      this.#skipSpace();
      marks?.set(values.length, { nameAt: this.#at, valueAt: this.#at });
      values.push(this.#readValue());
    }
    if (marks !== null) {
      this.#marks?.set(values, marks);
    }
    return values;
  }

  #readText(): string {
    const start = this.#at;
    if (this.#text.charAt(start) !== '"') {
      throw this.#problem('is malformed: expected text in double quotes');
    }
    for (this.#at += 1; this.#at < this.#text.length; this.#at += 1) {
      const char = this.#text.charAt(this.#at);
      if (char === '\\') {
        this.#at += 1;
      } else if (char === '"') {
        this.#at += 1;
        return String(this.#decode(start));
      }
    }
    throw this.#problem('ends inside a text: expected `"`');
  }

  #readScalar(): unknown {
    const start = this.#at;
    while (/[-+.0-9A-Za-z]/.test(this.#text.charAt(this.#at))) {
      this.#at += 1;
    }
    if (this.#at === start) {
      throw this.#problem(this.#at >= this.#text.length ? 'ends too early: expected a JSON value' : 'is no JSON value');
    }
    return this.#decode(start);
  }

  /** Texts, numbers and the three names are left to the engine's own reader. */
  #decode(start: number): unknown {
    try {
      const value: unknown = JSON.parse(this.#text.slice(start, this.#at));
      return value;
    } catch {
      throw new JsonProblem(start, 'is no JSON value');
    }
  }

  #takes(char: string): boolean {
    this.#skipSpace();
    if (this.#text.charAt(this.#at) !== char) {
      return false;
    }
    this.#at += 1;
    return true;
  }

  #expect(char: string, expectation: string): void {
    if (!this.#takes(char)) {
      throw this.#problem(
        this.#at >= this.#text.length
          ? `ends too early: expected ${expectation}`
          : `is malformed: expected ${expectation}`,
      );
    }
  }

  #skipSpace(): void {
    while (' \t\n\r'.includes(this.#text.charAt(this.#at)) && this.#at < this.#text.length) {
      this.#at += 1;
    }
  }

  #problem(message: string): JsonProblem {
    return new JsonProblem(this.#at, message);
  }
}
