/**
 * Whether a name is like a pattern in which `*` stands for any characters, letter by letter.
 *
 * Linear in both: a part between two stars is taken where it comes first, because nothing is gained by taking it later.
 */
export function isNamedLike(name: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) {
    return name === first;
  }
  if (!name.startsWith(first)) {
    return false;
  }
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found === -1) {
      return false;
    }
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
