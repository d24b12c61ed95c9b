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

// ARNs of IAM have 2,048 characters at most; an index row of Postgres holds 2,704 bytes.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html
const indexedBytesMax = 2_500;

/** Like `checkText`, for names and ARNs that stand in an index, whose rows are bounded. */
export function checkIndexedText(text: string, what: string): string {
  const bytes = Buffer.byteLength(text);
  if (bytes > indexedBytesMax) {
    throw new StoreError(
      'invalidText',
      `cannot store ${what} \`${printable(text)}\`: expected at most ${indexedBytesMax} bytes, found ${bytes}`,
    );
  }
  return checkText(text, what);
}

const shownLengthMax = 120;

function printable(text: string): string {
  const shown = text.length > shownLengthMax ? `${text.slice(0, shownLengthMax)}…` : text;
  return shown.toWellFormed().replaceAll('\0', '\\u0000');
}
