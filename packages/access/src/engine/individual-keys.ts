import { PRINCIPAL_TAG } from '../evaluate/request-context.ts';

/** Keys of a principal by which two of one kind and account may differ; every other one is the same for both. */
export function isIndividualKey(key: string): boolean {
  return key.startsWith(PRINCIPAL_TAG) || INDIVIDUAL_KEYS.has(key);
}

const INDIVIDUAL_KEYS: ReadonlySet<string> = new Set([
  'aws:principalarn',
  'aws:principalservicename',
  'aws:userid',
  'aws:username',
]);
