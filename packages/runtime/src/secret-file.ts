import { closeSync, openSync, readSync } from 'node:fs';

// An external id has 1224 characters at most, and a database URL is no longer.
const secretBytesMax = 8 * 1024;

/** The companion of a variable that holds a secret: it names a file that holds it instead. */
export function secretFileVariable(variable: string): string {
  return `${variable}_FILE`;
}

/**
 * Reads a secret from a file, without the line end that editors put behind it. Configuration is read once, before anything
 * else, so it may block. What lies in the file is in no reason.
 */
export function textOfSecretFile(
  path: string,
): { readonly kind: 'text'; readonly text: string } | { readonly kind: 'unreadable'; readonly reason: string } {
  try {
    const file = openSync(path, 'r');
    try {
      // One byte more than the bound tells a file that is too large from one that just fits.
      const buffer = Buffer.alloc(secretBytesMax + 1);
      const length = readSync(file, buffer, 0, buffer.length, 0);
      return length > secretBytesMax
        ? { kind: 'unreadable', reason: `it is larger than ${secretBytesMax} bytes` }
        : { kind: 'text', text: buffer.toString('utf8', 0, length).replace(/\r?\n$/, '') };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return {
      kind: 'unreadable',
      reason: error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be read',
    };
  }
}
