/** Gives equal values one number and one object. `keyOf` must tell different values apart. */
export interface Interner<Value> {
  /** The number of a value; `make` is called for the first one of a key. */
  numberOf(key: string, make: (number: number) => Value): number;
  valueOf(number: number): Value;
  size(): number;
}

export function createInterner<Value>(): Interner<Value> {
  const numbers = new Map<string, number>();
  const values: Value[] = [];
  return {
    numberOf(key, make) {
      const known = numbers.get(key);
      if (known !== undefined) {
        return known;
      }
      const number = values.length;
      numbers.set(key, number);
      values.push(make(number));
      return number;
    },
    size: () => values.length,
    valueOf(number) {
      const value = values[number];
      if (value === undefined) {
        throw new Error(`there is no value with the number ${number}`);
      }
      return value;
    },
  };
}
