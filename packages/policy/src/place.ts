import { Lines, type TextPosition } from './lines.ts';
import { type Marks, readJson } from './parse-json.ts';
import type { Problem, Readable } from './problem.ts';

/**
 * A place in a document: how it is told, and the way to it from the document's own braces.
 *
 * A document that was given as text can say in which line and column each place is.
 */
export class Place {
  readonly name: string;
  readonly #text: LocatedText | null;
  readonly #parent: Place | null;
  readonly #key: string | number;

  private constructor(name: string, text: LocatedText | null, way: Way | null) {
    this.name = name;
    this.#text = text;
    this.#parent = way?.parent ?? null;
    this.#key = way?.key ?? '';
  }

  /** The document itself; `text` null where it was given as an object. */
  static document(text: string | null): Place {
    return new Place('document', text === null ? null : new LocatedText(text), null);
  }

  /** What stands in it under `key`, told as `name`. */
  at(key: string | number, name: string): Place {
    return new Place(name, this.#text, { parent: this, key });
  }

  /** What stands in it under `key`, told as `Statement[0].Action`. Long keys are cut. */
  member(key: string, keyLengthMax = 60): Place {
    return this.at(key, `${this.name}.${key.slice(0, keyLengthMax)}`);
  }

  /** One value of a list, which is told under the name of the list; the place itself where it is no list. */
  value(list: unknown, index: number): Place {
    return Array.isArray(list) ? this.at(index, this.name) : this;
  }

  /** What is wrong with the value here, or with the name that it has where `about` says so. */
  problem(message: string, about: 'value' | 'name' = 'value'): Problem {
    const position = this.#text?.positionOf(this.#path(), about) ?? null;
    return position === null ? { place: this.name, message } : { place: this.name, message, position };
  }

  unreadable(message: string, about: 'value' | 'name' = 'value'): Readable<never> {
    return { kind: 'unreadable', problem: this.problem(message, about) };
  }

  /** What was read without knowing where it stands. */
  located<T>(read: Readable<T>): Readable<T> {
    return read.kind === 'readable' ? read : this.unreadable(read.problem.message);
  }

  #path(): (string | number)[] {
    return this.#parent === null ? [] : [...this.#parent.#path(), this.#key];
  }
}

interface Way {
  readonly parent: Place;
  readonly key: string | number;
}

/** Read again, with marks, only where there is a problem to place: most documents have none. */
class LocatedText {
  readonly #text: string;
  #located: { readonly document: unknown; readonly marks: Marks; readonly lines: Lines } | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  /** Of what is missing, the position of what it is missing from. */
  positionOf(path: readonly (string | number)[], about: 'value' | 'name'): TextPosition {
    this.#located ??= locate(this.#text);
    const { document, marks, lines } = this.#located;
    let at = Math.max(0, this.#text.search(/[^ \t\n\r]/));
    let value = document;
    for (const key of path) {
      const mark = marks.get(value)?.get(key);
      if (mark === undefined) {
        break;
      }
      at = about === 'name' ? mark.nameAt : mark.valueAt;
      value = Reflect.get(Object(value), key);
    }
    return lines.positionOf(at);
  }
}

function locate(text: string): { readonly document: unknown; readonly marks: Marks; readonly lines: Lines } {
  const marks: Marks = new Map();
  const read = readJson(text, marks);
  return { document: read.kind === 'value' ? read.value : null, marks, lines: new Lines(text) };
}
