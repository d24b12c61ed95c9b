import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { CelEngine, TemplateFile } from '@aws/cloudformation-validate';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';

import { templateFile, templateNames, templateText } from './templates.ts';

const engine = new CelEngine();
afterAll(() => engine.free());

/** Hints, such as that a name cannot be changed later, are none of our business. */
function complaintsOf(file: string): readonly string[] {
  return engine
    .validateStandard(new TemplateFile(file))
    .diagnostics.filter(({ severity }) => severity !== 'INFO')
    .map(({ severity, ruleId, message }) => `${severity} ${ruleId}: ${message}`);
}

describe('CloudFormation accepts', () => {
  test.each(templateNames)('%s.yaml', (name) => {
    expect(complaintsOf(templateFile(name))).toEqual([]);
  });
});

describe('the validator notices', () => {
  test.each([
    ['a property that does not exist', 'MaxSessionDuration: 3600', 'MaxSessionLength: 3600'],
    ['a value out of its range', 'MaxSessionDuration: 3600', 'MaxSessionDuration: 60'],
    ['a reference to nothing', 'Ref: AuditorPrincipalArn', 'Ref: AuditorPrincipal'],
  ])('%s', (_, from, to) => {
    const text = templateText('auditor-role');
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    expect(complaintsOf(temporaryFile(changed))).not.toEqual([]);
  });
});

function temporaryFile(text: string): string {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'ecr-audit-template-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = path.join(directory, 'changed.yaml');
  writeFileSync(file, text);
  return file;
}
