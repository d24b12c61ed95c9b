import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type ContractDocument, documentSchema } from './contract-document.ts';

const service = path.join(import.meta.dirname, '../../../services/api');

/** The document as the repository keeps it: what programs were told last. */
export const keptDocumentFile = path.join(service, 'openapi.json');
export const answersFile = path.join(service, 'src/docs/answers.json');

export function readKeptDocument(): ContractDocument {
  return documentSchema.parse(JSON.parse(readFileSync(keptDocumentFile, 'utf8')));
}

/** A document as it is written: the order is that of the routes. */
export function fileText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
