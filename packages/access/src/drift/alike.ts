/** Policies are a few levels deep. What is deeper counts as another, which costs a comparison of access and nothing else. */
const DEPTH_MAX = 64;

/**
 * Whether two values of plain data hold the same; whatever is no plain data is alike to itself alone. Plain loops: closures
 * took a third longer, and every document of both snapshots comes by here.
 */
export function isAlike(a: unknown, b: unknown, depth = 0): boolean {
  if (a === b) {
    return true;
  }
  if (depth > DEPTH_MAX) {
    return false;
  }
  if (Array.isArray(a)) {
    return Array.isArray(b) && areAlike(a, b, depth + 1);
  }
  if (!isPlain(a) || !isPlain(b)) {
    return false;
  }
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) {
    return false;
  }
  for (const key of keys) {
    const value = b[key];
    if (!isAlike(a[key], value, depth + 1) || (value === undefined && !Object.hasOwn(b, key))) {
      return false;
    }
  }
  return true;
}

function areAlike(a: readonly unknown[], b: readonly unknown[], depth: number): boolean {
  if (a.length !== b.length) {
    return false;
  }
  for (let index = 0; index < a.length; index += 1) {
    if (!isAlike(a[index], b[index], depth)) {
      return false;
    }
  }
  return true;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
