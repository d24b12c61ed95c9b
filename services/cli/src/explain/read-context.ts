import { CliError } from '../errors.ts';

/** Reads `KEY=VALUE` pairs; a key that is given again has several values. Throws `optionInvalid`. */
export function readContext(pairs: readonly string[]): Record<string, string | string[]> {
  const values = new Map<string, string[]>();
  for (const pair of pairs) {
    // The key of a tag may hold `=` as little as any other key, a value may hold it often.
    const at = pair.indexOf('=');
    if (at < 1) {
      throw new CliError(
        'optionInvalid',
        `cannot use \`--context ${pair}\`: expected KEY=VALUE, such as \`aws:SourceIp=10.0.0.1\``,
      );
    }
    const key = pair.slice(0, at);
    values.set(key, [...(values.get(key) ?? []), pair.slice(at + 1)]);
  }
  return Object.fromEntries([...values].map(([key, all]) => [key, all.length === 1 ? (all[0] ?? '') : all]));
}
