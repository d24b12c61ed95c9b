// Text that is kept parsed. A snapshot of 500 accounts is larger; of it only what was asked for last is kept.
const charactersMax = 64 * 1024 * 1024;

/** Bounds what is kept parsed of all files of one snapshot: what was asked for longest ago goes first. */
export class ParsedFiles {
  /** Forgets the value of a file, by its key. */
  readonly #kept = new Map<object, { readonly characters: number; readonly forget: () => void }>();
  #characters = 0;

  /** Gives a function that parses the text when it is first called, and again after it was forgotten. */
  later<T>(text: string, parse: (text: string) => T): () => T {
    const key = {};
    let value: { readonly of: T } | null = null;
    const forget = (): void => {
      value = null;
    };
    return () => {
      const known = value ?? { of: parse(text) };
      value = known;
      this.#keep(key, text.length, forget);
      return known.of;
    };
  }

  #keep(key: object, characters: number, forget: () => void): void {
    if (!this.#kept.delete(key)) {
      this.#characters += characters;
    }
    this.#kept.set(key, { characters, forget });
    for (const [oldest, entry] of this.#kept) {
      if (this.#characters <= charactersMax || oldest === key) {
        return;
      }
      this.#kept.delete(oldest);
      this.#characters -= entry.characters;
      entry.forget();
    }
  }
}
