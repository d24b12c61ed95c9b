import type { GivenContext } from '../evaluate/request-context.ts';

/** A context that remembers which of its keys were asked for. */
interface StatedContext {
  readonly given: GivenContext;
  readonly asked: ReadonlySet<string>;
}

/**
 * Wraps what a question states of its request. A key that nothing asks for decides nothing, and is most often one that
 * is misspelt: the answer has to say so, because it would look as if the key had been weighed.
 */
export function watchContext(given: GivenContext): StatedContext {
  const asked = new Set<string>();
  return { given: new WatchedMap(given, asked), asked };
}

class WatchedMap extends Map<string, readonly string[] | null> {
  readonly #asked: Set<string>;

  constructor(entries: GivenContext, asked: Set<string>) {
    super(entries);
    this.#asked = asked;
  }

  override get(key: string): readonly string[] | null | undefined {
    if (this.has(key)) {
      this.#asked.add(key);
    }
    return super.get(key);
  }
}
