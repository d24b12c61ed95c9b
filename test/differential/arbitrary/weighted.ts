import * as fc from 'fast-check';

/** One of several, each as often as its weight says. The first is the simplest: to it the others are shrunk. */
export function weighted<T extends readonly unknown[]>(
  ...options: { readonly [Index in keyof T]: readonly [weight: number, arbitrary: fc.Arbitrary<T[Index]>] }
): fc.Arbitrary<T[number]> {
  return fc.oneof({ withCrossShrink: true }, ...options.map(([weight, arbitrary]) => ({ weight, arbitrary })));
}

/** Nearly always the plain value, once in so many times another one. */
export function rarely<T>(
  arbitrary: fc.Arbitrary<T>,
  { plain, oneIn }: { readonly plain: T; readonly oneIn: number },
): fc.Arbitrary<T> {
  return weighted([oneIn - 1, fc.constant(plain)], [1, arbitrary]);
}
