/** What a text ends with that was cut. */
const CUT_MARK = '… (cut)';

export interface BoundedText {
  readonly text: string;
  readonly isCut: boolean;
}

/**
 * A text of at most so many bytes of UTF-8, which is also at most so many characters however a consumer counts them.
 * It ends in `CUT_MARK` where it was cut, and half a character is never left: neither by the cut nor in the text as given.
 */
export function boundedText(given: string, bytesMax: number): BoundedText {
  const text = given.toWellFormed();
  // No character has more than three bytes for each of its units.
  if (text.length * 3 <= bytesMax || byteLength(text) <= bytesMax) {
    return { text, isCut: false };
  }
  const room = bytesMax - byteLength(CUT_MARK);
  let end = 0;
  let used = 0;
  for (const character of text) {
    used += byteLength(character);
    if (used > room) {
      break;
    }
    end += character.length;
  }
  return { text: `${text.slice(0, end).trimEnd()}${CUT_MARK}`, isCut: true };
}

/** How many bytes a well-formed text takes as UTF-8. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    // Each half of a pair stands for two of its four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x8_00 || isSurrogate(unit) ? 2 : 3;
  }
  return bytes;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd8_00 && unit <= 0xdf_ff;
}
