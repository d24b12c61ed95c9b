import { StoreError } from './errors.ts';

/**
 * Returns `text` if Postgres can store it.
 *
 * Policy documents and tags may hold anything that JSON can escape, but a Postgres text holds no zero byte and no half of a
 * surrogate pair. Replacing them would change what a condition says. Throws `invalidText`, naming `what`.
 */
export function checkText(text: string, what: string): string {
  if (text.includes('\0') || !text.isWellFormed()) {
    throw new StoreError(
      'invalidText',
      `cannot store ${what} \`${printable(text)}\`: expected text without zero bytes and without half a surrogate pair`,
    );
  }
  return text;
}

const shownLengthMax = 120;

function printable(text: string): string {
  const shown = text.length > shownLengthMax ? `${text.slice(0, shownLengthMax)}…` : text;
  return shown.toWellFormed().replaceAll('\0', '\\u0000');
}
