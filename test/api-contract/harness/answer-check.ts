import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { ContractDocument } from './contract-document.ts';

// Each entry of a list has the same; the first ones tell.
const problemsMax = 3;
const documentId = 'https://ecr-audit.invalid/openapi.json';

/** What is wrong with a value, by its schema; empty where nothing is. */
export type SchemaCheck = (pointer: string, value: unknown) => readonly string[];

/**
 * Checks values by the schemas of a document, named by JSON pointers into it. No object may hold more than its schema names: what
 * an answer holds beyond its description is as wrong as what it lacks.
 *
 * With `isPartial`, objects may lack what they should hold: the entries of a list of which only some fields were asked for.
 */
export function schemaCheck(document: ContractDocument, options: { readonly isPartial?: boolean } = {}): SchemaCheck {
  // The document itself is no schema: it only holds some.
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
  addFormats.default(ajv);
  ajv.addSchema(closed(document, options.isPartial === true), documentId);
  const compiled = new Map<string, ValidateFunction>();
  return (pointer, value) => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `${documentId}#${pointer}` });
    compiled.set(pointer, validate);
    validate(value);
    return (validate.errors ?? [])
      .slice(0, problemsMax)
      .map(({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`.trim());
  };
}

/** A JSON pointer of these steps. */
export function pointerTo(...steps: readonly string[]): string {
  return steps.map((step) => `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');
}

function closed(document: ContractDocument, isPartial: boolean): object {
  const copy: unknown = JSON.parse(JSON.stringify(document), (key, each: unknown) => {
    if (key === 'example' || !isRecord(each) || !isRecord(each['properties']) || each['type'] !== 'object') {
      return each;
    }
    const { required, ...schema } = each;
    return { additionalProperties: false, ...schema, ...(isPartial || required === undefined ? {} : { required }) };
  });
  return isRecord(copy) ? copy : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
