import { createHash, randomBytes } from 'node:crypto';

/*
 * A token is `ecraudit_`, 64 hexadecimal digits of a random number, and 8 that follow from those before them.
 *
 * The prefix lets people and scanners of secrets see what it is. The last digits let a token that was cut, mistyped or made up be
 * told without asking the database, and a scanner tell a token from what looks like one.
 */

const prefix = 'ecraudit_';
const secretBytes = 32;
const checkLength = 8;
const form = /^ecraudit_[0-9a-f]{72}$/;

/** A new token: 256 random bits. */
export function newTokenSecret(): string {
  const known = prefix + randomBytes(secretBytes).toString('hex');
  return known + checkOf(known);
}

/** Whether it was meant as one of our tokens. */
export function looksLikeToken(text: string): boolean {
  return text.startsWith(prefix);
}

/**
 * What is kept of a token, and looked for; null where it cannot be one.
 *
 * SHA-256 alone: slow hashes with a salt protect what people choose, by making each guess dear. Of 256 random bits nobody guesses
 * one in the lifetime of the universe, and a slow hash would cost every request 50 ms or more and a look at every row.
 */
export function hashToken(token: string): Buffer | null {
  const known = token.slice(0, -checkLength);
  return form.test(token) && checkOf(known) === token.slice(-checkLength)
    ? createHash('sha256').update(token).digest()
    : null;
}

function checkOf(known: string): string {
  return createHash('sha256').update(`check of ${known}`).digest('hex').slice(0, checkLength);
}
