// Names and policies come from others; a terminal would obey the control characters and the changes of direction in them.
// oxlint-disable-next-line eslint/no-control-regex -- control characters are what it is about.
const unprintable = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g;

/** The text with everything that a terminal would obey made visible. Line feeds stay. */
export function printable(text: string): string {
  return text.toWellFormed().replaceAll(unprintable, '\uFFFD');
}
