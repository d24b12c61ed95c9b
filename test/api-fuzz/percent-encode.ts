/**
 * A text in the escapes of a URL, byte by byte. Unlike `encodeURIComponent` it also writes half a surrogate pair, which is what
 * an attacker can do.
 */
export function percentEncode(text: string): string {
  let encoded = '';
  for (const character of text) {
    encoded +=
      /[\w.~-]/.test(character) && character.length === 1 && character < '\u0080' ? character : bytesOf(character);
  }
  return encoded;
}

function bytesOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const isHalf = code >= 0xd8_00 && code <= 0xdf_ff;
  const bytes = isHalf
    ? [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]
    : [...Buffer.from(character, 'utf8')];
  return bytes.map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
