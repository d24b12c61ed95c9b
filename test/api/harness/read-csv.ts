/** Reads CSV of RFC 4180: each row by the names of the first one. */
export function readCsv(text: string): Readonly<Record<string, string>>[] {
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  const endCell = (): void => {
    rows.at(-1)?.push(cell);
    cell = '';
  };
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    if (isQuoted) {
      if (char !== '"') {
        cell += char;
      } else if (text.charAt(index + 1) === '"') {
        cell += '"';
        index += 1;
      } else {
        isQuoted = false;
      }
    } else if (char === '"') {
      isQuoted = true;
    } else if (char === ',') {
      endCell();
    } else if (char === '\n') {
      endCell();
      rows.push([]);
    } else {
      cell += char;
    }
  }
  const [names = [], ...entries] = rows.slice(0, -1);
  return entries.map((entry) => {
    if (entry.length !== names.length) {
      throw new Error(`a row has ${entry.length} cells of ${names.length}: ${entry.join()}`);
    }
    return Object.fromEntries(names.map((name, index) => [name, entry[index] ?? '']));
  });
}
