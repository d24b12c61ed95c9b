/** Shown by every `--help`. */
export const exitCodesHelp = `
Exit codes: 0 done · 1 unexpected error, or a problem that doctor found · 2 wrong option or input · 3 something could not be read (with --fail-on-gaps)
            4 database or AWS not reachable, or credentials refused · 130 interrupted, 143 terminated`;

/** The end of a command's help: an example, then the exit codes. */
export function exampleHelp(...examples: readonly string[]): string {
  const title = examples.length === 1 ? 'Example:' : 'Examples:';
  return ['', title, ...examples.map((example) => `  ${example}`), exitCodesHelp].join('\n');
}
