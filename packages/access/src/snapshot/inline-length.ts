import { policyLength } from '@ecr-audit/policy';

/**
 * The characters of an inline policy that count against AWS's limit for all inline policies of one user, role or group.
 *
 * IAM's API answers it URL-encoded and the command line decoded; both count as the text that it is.
 */
export function inlineLength(document: unknown): number {
  if (typeof document !== 'string') {
    return policyLength(JSON.stringify(document) ?? '');
  }
  if (!document.startsWith('%7B')) {
    return policyLength(document);
  }
  try {
    return policyLength(decodeURIComponent(document));
  } catch {
    // What cannot be decoded is a problem of the document, which is told elsewhere.
    return 0;
  }
}
