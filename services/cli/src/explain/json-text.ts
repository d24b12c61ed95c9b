// JSON as text holds no such character outside of its strings, but for the line feeds of its layout.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** JSON for a terminal or a program: what a terminal would obey in a name is escaped, and read back as the same name. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(unprintable, (character) =>
    character === '\n' ? character : character.split('').map(escaped).join(''),
  );
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
