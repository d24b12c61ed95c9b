import { expect, test } from 'vitest';
import { jsonText } from './json-text.ts';

test('nothing that a terminal would obey is left, and what is read back is the same', () => {
  const value = { name: 'a\u001B[2J\u009B1m\u202Egnp\u2066\u{E0041}\n', plain: 'Zoë 漢字 😀' };
  const text = jsonText(value);
  expect(text).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
  expect(JSON.parse(text)).toEqual(value);
  expect(text).toContain('Zoë 漢字 😀');
});
