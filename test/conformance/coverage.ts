import type { ReadyFile } from './load.ts';
import { valueKinds } from './schema.ts';

/** Rules that tell of other things than a decision about access, each with its reason. */
const rulesWithoutCases: Readonly<Record<number, string>> = {
  48: 'tells what CloudTrail records, not who may do what',
};

const text = ['String', 'StringNot'].flatMap((stem) => [`${stem}Equals`, `${stem}EqualsIgnoreCase`, `${stem}Like`]);
const ordered = ['Numeric', 'Date'].flatMap((stem) =>
  ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
    (comparison) => stem + comparison,
  ),
);
const others = ['Bool', 'BinaryEquals', 'IpAddress', 'NotIpAddress'];
const arns = ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'];

/** The 27 operators of rule 29. */
export const operators = [...text, ...ordered, ...others, ...arns, 'Null'];

/** `Null` takes no suffix and no set prefix. */
const spellings = operators.flatMap((operator) =>
  operator === 'Null'
    ? [operator]
    : [operator, `${operator}IfExists`, `ForAllValues:${operator}`, `ForAnyValue:${operator}`],
);

/** The rules from 1 to 47 that lack an allowing or a denying case, as sentences. */
export function missingRules(files: readonly ReadyFile[]): readonly string[] {
  return Array.from({ length: 47 }, (_, index) => index + 1)
    .filter((rule) => rulesWithoutCases[rule] === undefined)
    .flatMap((rule) => {
      const decisions = new Set(
        files
          .filter(({ file }) => file.rule === rule)
          .flatMap(({ cases }) => cases.map(({ expect }) => expect.decision)),
      );
      const isDenied = decisions.has('implicitDeny') || decisions.has('explicitDeny');
      const missing = [];
      if (!decisions.has('allowed')) {
        missing.push(`rule ${rule} has no allowing case`);
      }
      if (!isDenied) {
        missing.push(`rule ${rule} has no denying case`);
      }
      return missing;
    });
}

/** The spellings of operators that lack a kind of value, and those that never hold or always hold, as sentences. */
export function missingOperators(files: readonly ReadyFile[]): readonly string[] {
  const rows = files.flatMap(({ file }) => file.table?.rows ?? []);
  return spellings.flatMap((spelling) => {
    const own = rows.filter(([operator]) => operator === spelling);
    const kinds = new Set(own.map(([, kind]) => kind));
    const decisions = new Set(own.map(([, , , , decision]) => decision));
    const missing = valueKinds
      .filter((kind) => !kinds.has(kind))
      .map((kind) => `${spelling} has no case of kind ${kind}`);
    if (!decisions.has('allowed')) {
      missing.push(`${spelling} never holds`);
    }
    if (!decisions.has('implicitDeny')) {
      missing.push(`${spelling} never fails`);
    }
    return missing;
  });
}

/** The measured facts of rule 16 by form of the principal: one letter (A allowed, D denied) a column. */
export function measuredFacts(files: readonly ReadyFile[]): Readonly<Record<string, string>> {
  const columns = ['001', '011', '110', '101', '111', '100', '010'];
  const letters = new Map<string, string>();
  for (const { file } of files.filter((ready) => ready.file.rule === 16)) {
    for (const { request, expect } of file.cases ?? []) {
      letters.set(request.id ?? '', expect.decision === 'allowed' ? 'A' : 'D');
    }
  }
  const forms = ['role', 'session', 'account-condition', 'everyone-condition'];
  return Object.fromEntries(
    forms.map((form) => [form, columns.map((column) => letters.get(`${form} ${column}`) ?? '?').join('')]),
  );
}
