import type { CompactDocument } from './schema.ts';

/** The document that a compact form stands for: text stays text, so that a malformed one stays malformed. */
export function documentOf(document: CompactDocument): unknown {
  return Array.isArray(document) ? { Version: '2012-10-17', Statement: document } : document;
}

/** The same as text, as resource policies and organization policies are kept. */
export function documentTextOf(document: CompactDocument): string {
  return typeof document === 'string' ? document : JSON.stringify(documentOf(document));
}
