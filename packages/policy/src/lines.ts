/** A place in a text, both one-based, as editors count. `column` counts UTF-16 units. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** The lines of a text, found once, so that each of many places in it costs next to nothing. */
export class Lines {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
      this.#starts.push(at + 1);
    }
  }

  positionOf(at: number): TextPosition {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= at) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return { line: low + 1, column: at - (this.#starts[low] ?? 0) + 1 };
  }
}
