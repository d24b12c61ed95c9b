import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { SnapshotPart } from '@ecr-audit/access';

import { expandOrganization } from './expand.ts';
import { expandRequest } from './request.ts';
import { conformanceFile } from './schema.ts';
import type { CompactOrganization, ConformanceFile, Expectation, TableRow } from './schema.ts';

const here = dirname(fileURLToPath(import.meta.url));

/** One question with its expected answer, ready to be asked of any evaluator. */
interface ReadyCase {
  readonly title: string;
  readonly parts: readonly SnapshotPart[];
  readonly request: unknown;
  readonly expect: Expectation;
}

export interface ReadyFile {
  readonly path: string;
  readonly file: ConformanceFile;
  readonly cases: readonly ReadyCase[];
}

/** Every conformance file in the order of its path. Throws, naming the file, where one does not follow the schema. */
export function loadConformanceFiles(): readonly ReadyFile[] {
  return readdirSync(here, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .toSorted()
    .map((path) => readConformanceFile(join(here, path)));
}

function readConformanceFile(path: string): ReadyFile {
  const name = relative(here, path);
  const parsed = conformanceFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) {
    throw new Error(`${name} is no conformance file: ${parsed.error.message}`);
  }
  return { path: name, file: parsed.data, cases: [...listedCases(parsed.data), ...tableCases(parsed.data)] };
}

function listedCases(file: ConformanceFile): readonly ReadyCase[] {
  const { organization, cases } = file;
  if (organization === undefined || cases === undefined) {
    return [];
  }
  const parts = expandOrganization(organization);
  return cases.map(({ request, expect }) => ({
    title: `${file.title}: ${JSON.stringify(request)}`,
    parts,
    request: expandRequest({ ...file.request, ...request }),
    expect,
  }));
}

function tableCases(file: ConformanceFile): readonly ReadyCase[] {
  const { table } = file;
  if (table === undefined) {
    return [];
  }
  return table.rows.map((row) => {
    const [operator, kind, values, given, decision, residual] = row;
    return {
      title: `${file.title}: ${operator} ${kind}, policy ${JSON.stringify(values)}, request ${JSON.stringify(given)}`,
      parts: expandOrganization(tableOrganization(table.action, table.key, row)),
      request: expandRequest({
        principal: 'user/alice',
        action: table.action,
        resource: 'app',
        contextComplete: kind !== 'unknown',
        ...(given === null ? {} : { context: { [table.key]: given } }),
      }),
      expect: { decision, ...(residual === undefined ? {} : { residual }) },
    };
  });
}

function tableOrganization(action: string, key: string, row: TableRow): CompactOrganization {
  const [operator, , values] = row;
  const statement = {
    Effect: 'Allow',
    Action: action,
    Resource: '*',
    Condition: { [operator]: { [key]: values } },
  };
  return {
    accounts: {
      '111111111111': {
        users: { alice: { policies: { conditional: [statement] } } },
        repositories: { app: {} },
      },
    },
  };
}
