/**
 * What is known of one condition key of a request.
 *
 * `absent` is certain: the request does not carry the key. `unknown` is not: it may, with any value.
 * `prefix` is present and begins with `prefix`; the rest is a name that no policy names (a session name).
 * `unread` could have been known, but could not be read: what rests on it is not the request's to settle.
 * `other` is unknown as well, but certainly no value of `than`; an entry that ends in `/` excludes all that begin so.
 */
export type KeyValue =
  | { readonly kind: 'present'; readonly values: readonly string[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unread' }
  | { readonly kind: 'prefix'; readonly prefix: string }
  | { readonly kind: 'other'; readonly than: readonly string[] };

/** The condition keys of one request. */
export interface RequestContext {
  /** `key` in lower case: names of condition keys are case-insensitive, the tag part included. */
  lookup(key: string): KeyValue;
}

export const ABSENT: KeyValue = { kind: 'absent' };
export const UNKNOWN: KeyValue = { kind: 'unknown' };
export const UNREAD: KeyValue = { kind: 'unread' };

/**
 * Keys that carry a list, even where it has one value: no variable can take its value from them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export const MULTIVALUED_KEYS: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:tagkeys',
  'aws:vpceorgpaths',
]);

export function present(...values: readonly string[]): KeyValue {
  return { kind: 'present', values };
}
