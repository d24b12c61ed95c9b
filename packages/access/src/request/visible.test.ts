import { expect, test } from 'vitest';
import { visible } from './visible.ts';

test.each([
  ['a line feed', 'a\nb', String.raw`a\u{a}b`],
  ['an escape sequence', '\u001B[2Ja', String.raw`\u{1b}[2Ja`],
  ['an escape sequence of one character', '\u009B2Ja', String.raw`\u{9b}2Ja`],
  ['a change of direction', 'a\u202Eb\u2066', String.raw`a\u{202e}b\u{2066}`],
  ['a separator of lines', 'a\u2028b', String.raw`a\u{2028}b`],
  ['a character without a shape', 'a\u200Bb\uFEFF\u3164', String.raw`a\u{200b}b\u{feff}\u{3164}`],
  ['a tag character', 'a\u{E0041}', String.raw`a\u{e0041}`],
  ['half a character', 'a\uD800', String.raw`a\u{d800}`],
  ['a space that is none', 'a\u00A0b', String.raw`a\u{a0}b`],
  ['what is to be seen', 'Zoë 漢字 😀 "x"', 'Zoë 漢字 😀 "x"'],
])('%s is to be seen', (_title, text, shown) => {
  expect(visible(text)).toBe(shown);
});
