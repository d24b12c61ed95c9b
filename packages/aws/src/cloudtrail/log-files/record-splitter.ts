// As the parser of events: what is longer is cut, and refused there.
const recordBytesMax = 2 * 1024 * 1024 + 1;

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/** Inside the outer object and its list: `{"Records":[`. */
const recordDepth = 2;

/**
 * Cuts `{"Records":[{...},{...}]}` into the texts of its records, chunk by chunk, so that a file is never in memory whole.
 *
 * It knows strings and brackets only. Whether a record is JSON is for its parser to say; in UTF-8 no byte of a longer
 * character looks like one of these.
 */
export class RecordSplitter {
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #isOver = false;
  #hasBegun = false;
  /** The beginning of a record that goes on in the next chunk. */
  #held: Uint8Array[] = [];
  #heldBytes = 0;

  /** Gives the records that end in this chunk. Throws `SyntaxError` where something follows the outer object. */
  add(chunk: Uint8Array): readonly string[] {
    const records: string[] = [];
    let start = this.#depth > recordDepth ? 0 : -1;
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] ?? 0;
      if (this.#isInString) {
        if (this.#isEscaped) {
          this.#isEscaped = false;
        } else if (byte === backslash) {
          this.#isEscaped = true;
        } else if (byte === quote) {
          this.#isInString = false;
        }
        continue;
      }
      switch (byte) {
        case quote:
          this.#isInString = true;
          break;
        case openBrace:
        case openBracket:
          this.#open(byte);
          if (this.#depth === recordDepth + 1 && byte === openBrace) {
            start = index;
          }
          break;
        case closeBrace:
        case closeBracket:
          this.#depth -= 1;
          if (this.#depth === recordDepth && start !== -1) {
            this.#hold(chunk.subarray(start, index + 1));
            records.push(this.#release());
            start = -1;
          }
          this.#isOver = this.#depth === 0;
          break;
        default:
          break;
      }
    }
    if (start !== -1) {
      this.#hold(chunk.subarray(start));
    }
    return records;
  }

  /** Throws `SyntaxError` where the file ended before its outer object did. */
  end(): void {
    if (!this.#hasBegun || !this.#isOver || this.#isInString) {
      throw new SyntaxError('the file ends in the middle');
    }
  }

  #open(byte: number): void {
    if (this.#isOver || (!this.#hasBegun && byte !== openBrace) || this.#depth < 0) {
      throw new SyntaxError('expected one object with a list of records');
    }
    this.#hasBegun = true;
    this.#depth += 1;
  }

  #hold(part: Uint8Array): void {
    const room = recordBytesMax - this.#heldBytes;
    if (room > 0) {
      this.#held.push(part.subarray(0, room));
    }
    this.#heldBytes += Math.min(part.length, Math.max(room, 0));
  }

  #release(): string {
    const text = Buffer.concat(this.#held).toString('utf8');
    this.#held = [];
    this.#heldBytes = 0;
    return text;
  }
}
