/** JSON on one line, without the halves of characters that many readers of JSON refuse. */
export function exportJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? part.toWellFormed() : part));
}
