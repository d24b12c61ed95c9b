// Control and format characters, separators of lines, surrogates that stand alone, whatever has no shape of its own, and
// spaces other than the plain one.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{DI}]|[^\S ]/gu;

/**
 * A line of text in which nothing is hidden: what a terminal would obey, or a reader would not see, is written out as
 * `\u{1b}`. Names and Sids are anybody's text; a line feed in one would begin a line that looks like ours.
 */
export function visible(text: string): string {
  return text.replaceAll(INVISIBLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
