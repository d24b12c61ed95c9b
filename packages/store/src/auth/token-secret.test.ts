import { expect, test } from 'vitest';
import { hashToken, looksLikeToken, newTokenSecret } from './token-secret.ts';

test('tokens are told by how they begin, and no two are equal', () => {
  const tokens = Array.from({ length: 100 }, newTokenSecret);
  expect(new Set(tokens).size).toBe(100);
  expect(tokens.every((token) => looksLikeToken(token) && /^ecraudit_[0-9a-f]{72}$/.test(token))).toBe(true);
});

test('any digit that is wrong is found without a database', () => {
  const token = newTokenSecret();
  expect(hashToken(token)).toHaveLength(32);
  for (let place = 'ecraudit_'.length; place < token.length; place += 1) {
    const other = token[place] === '0' ? '1' : '0';
    expect(hashToken(token.slice(0, place) + other + token.slice(place + 1))).toBeNull();
  }
});

test.each(['', 'ecraudit_', 'ecraudit_0', `ecraudit_${'0'.repeat(72)}`, `ecraudit_${'0'.repeat(10_000)}`])(
  '`%s` is no token',
  (text) => {
    expect(hashToken(text)).toBeNull();
  },
);
