/** What stands for every value beyond the bound. */
export const otherValue = 'other';

/**
 * Gives a function that lets the first `valuesMax` values of a label through, and `other` for the rest.
 *
 * Each value is a time series for ever, in this process and in Prometheus, so nothing that comes from outside may be
 * one without a bound.
 */
export function boundedLabels(valuesMax: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) {
      return value;
    }
    if (known.size >= valuesMax) {
      return otherValue;
    }
    known.add(value);
    return value;
  };
}
