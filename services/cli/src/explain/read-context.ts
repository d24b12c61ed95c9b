import { CliError } from '../errors.ts';

/** What the command line states of a request; null is a key that the request does not carry. */
type StatedContext = Readonly<Record<string, string | readonly string[] | null>>;

/**
 * Reads `KEY=VALUE` pairs, and keys that are absent; a key that is given again has several values.
 *
 * An absent key has an option of its own: `KEY=` would have to stand for both, and a key with an empty value, as that of
 * a tag may be, is not absent. Names of condition keys are case-insensitive. Throws `optionInvalid`.
 */
export function readContext(pairs: readonly string[], absentKeys: readonly string[] = []): StatedContext {
  const stated = new Map<string, { readonly key: string; readonly values: string[] }>();
  for (const pair of pairs) {
    // The key of a tag may hold `=` as little as any other key, a value may hold it often.
    const at = pair.indexOf('=');
    if (at < 1) {
      throw new CliError(
        'optionInvalid',
        `cannot use \`--context ${pair}\`: expected KEY=VALUE, such as \`aws:SourceIp=10.0.0.1\`, or \`--absent KEY\` for a key that the request does not carry`,
      );
    }
    const key = pair.slice(0, at);
    const values = stated.get(key.toLowerCase())?.values ?? [];
    stated.set(key.toLowerCase(), { key, values: [...values, pair.slice(at + 1)] });
  }
  for (const key of absentKeys) {
    if (key === '' || key.includes('=')) {
      throw new CliError(
        'optionInvalid',
        `cannot use \`--absent ${key}\`: expected the name of a condition key, such as \`aws:SourceVpce\``,
      );
    }
    if ((stated.get(key.toLowerCase())?.values.length ?? 0) > 0) {
      throw new CliError(
        'optionInvalid',
        `cannot use \`--absent ${key}\`: \`--context\` gives it a value; expected one of the two`,
      );
    }
    stated.set(key.toLowerCase(), { key, values: [] });
  }
  return Object.fromEntries([...stated.values()].map(({ key, values }) => [key, oneOrMore(values)]));
}

function oneOrMore(values: readonly string[]): string | readonly string[] | null {
  const [first, ...more] = values;
  return first === undefined ? null : more.length === 0 ? first : values;
}
