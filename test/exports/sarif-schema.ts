import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';

/*
 * The JSON schema of SARIF 2.1.0 as Microsoft's matchers for it publish it (MIT). It is read from the package and not kept here, so that
 * its origin and its licence stand in the lockfile.
 */

// One of its patterns is none by the rules for Unicode.
const ajv = new AjvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const isSarif = ajv.compile(schema);

/** What the schema has against a log; null where nothing. */
export function faultsOfSarif(log: unknown): unknown {
  return isSarif(log) ? null : isSarif.errors;
}
