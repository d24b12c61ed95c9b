import type { DocumentPlan } from '../plan.ts';

/** The document of that place in a list; lists wrap around. */
export function documentAt(documents: readonly DocumentPlan[], place: number): unknown {
  const document = documents[place % Math.max(documents.length, 1)];
  if (document === undefined) {
    return { Version: '2012-10-17', Statement: [] };
  }
  return document.kind === 'raw' ? document.value : { Version: document.version, Statement: document.statements };
}

/** The same as text, as ECR and Organizations keep it. Text stays as it is, so that what is malformed stays so. */
export function documentTextAt(documents: readonly DocumentPlan[], place: number): string {
  const document = documentAt(documents, place);
  return typeof document === 'string' ? document : JSON.stringify(document);
}
