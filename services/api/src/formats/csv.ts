import type { Column } from './columns.ts';

/** The first line: the names of the columns. */
export function csvHeader(columns: readonly Column[]): string {
  return `${columns.map(({ name }) => name).join(',')}\n`;
}

/** One entry as a row of RFC 4180, with a line feed at its end. */
export function csvLine(entry: object, columns: readonly Column[]): string {
  let line = '';
  for (const [index, { path, cell: write }] of columns.entries()) {
    const value = valueAt(entry, path);
    const text = typeof value === 'object' && value !== null ? objectCell(value, write ?? plainText) : cell(value);
    line += index === 0 ? text : `,${text}`;
  }
  return `${line}\n`;
}

function valueAt(entry: object, path: readonly string[]): unknown {
  let value: unknown = entry;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) {
      return null;
    }
    value = Reflect.get(value, key);
  }
  return value;
}

function cell(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return '';
  }
}

// Entries share what many of them say, such as the statements that decided.
const cellsByWriter = new WeakMap<(value: unknown) => string, WeakMap<object, string>>();

function objectCell(value: object, write: (value: unknown) => string): string {
  const cells = cellsByWriter.get(write) ?? new WeakMap<object, string>();
  cellsByWriter.set(write, cells);
  const known = cells.get(value);
  if (known !== undefined) {
    return known;
  }
  const made = quoted(write(value));
  cells.set(value, made);
  return made;
}

function plainText(value: unknown): string {
  if (!Array.isArray(value)) {
    return JSON.stringify(value);
  }
  const isText = value.every((each) => typeof each === 'string');
  return value.length === 0 ? '' : isText ? value.join('; ') : JSON.stringify(value);
}

/**
 * A text as a cell. One that a spreadsheet would take for a formula gets an apostrophe in front, in quotes or not.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
function quoted(text: string): string {
  const harmless = isFormula(text) ? `'${text}` : text;
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const formulaStarts: ReadonlySet<string> = new Set(['=', '+', '-', '@', '\t', '\r', '\n']);

function isFormula(text: string): boolean {
  return text !== '' && formulaStarts.has(text.charAt(0));
}
