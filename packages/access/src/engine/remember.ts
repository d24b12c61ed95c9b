/** Calls a function once for each key. */
export function remember<Input, Result>(compute: (input: Input) => Result): (key: string, input: Input) => Result {
  const known = new Map<string, Result>();
  return (key, input) => {
    const found = known.get(key);
    if (found !== undefined) {
      return found;
    }
    const result = compute(input);
    known.set(key, result);
    return result;
  };
}
