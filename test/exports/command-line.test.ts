import { expect, test } from 'vitest';
import { z } from 'zod';
import { expectExit, runCommand } from '../system/harness/run-command.ts';
import { importableFinding } from './asff-limits.ts';
import { faultsOfSarif } from './sarif-schema.ts';

/* `findings` in the formats that other tools load, on the sample organization. */

const snapshot = new URL('../../services/cli/sample-organization/2026-11-16', import.meta.url).pathname;
const findings = ['findings', '--snapshot', snapshot];
const byId = (a: { readonly Id: string }, b: { readonly Id: string }): number => (a.Id < b.Id ? -1 : 1);
const toSecurityHub = ['--import-account', '111122223333', '--import-region', 'eu-central-1'];

test('OCSF is an event a line, of the time of the snapshot', async () => {
  const result = await runCommand([...findings, '--format', 'ocsf', '--severity', 'high']);
  expectExit(result, 0);
  const events = result.stdout
    .trim()
    .split('\n')
    .map((line) => z.looseObject({ class_uid: z.number(), severity: z.string() }).parse(JSON.parse(line)));
  expect(events.length).toBeGreaterThan(10);
  expect(new Set(events.map(({ class_uid: uid }) => uid))).toEqual(new Set([2004]));
  expect(events.every(({ severity }) => ['High', 'Critical'].includes(severity))).toBe(true);
});

test('SARIF tells which rules had no earlier snapshot to judge by', async () => {
  const result = await runCommand([...findings, '--format', 'sarif', '--sarif-file', 'ecr-audit.yaml']);
  expectExit(result, 0);
  const log: unknown = JSON.parse(result.stdout);
  expect(faultsOfSarif(log)).toBeNull();
  expect(result.stdout).toContain('ECR-NEW-PUSH could not judge: it needs an earlier snapshot');
});

test('requests for Security Hub are one a line, and every finding keeps to its limits', async () => {
  const result = await runCommand([...findings, '--format', 'asff-batches', ...toSecurityHub]);
  expectExit(result, 0);
  const request = z.strictObject({ Findings: z.array(importableFinding).min(1).max(100) });
  const requests = result.stdout
    .trim()
    .split('\n')
    .map((line) => request.parse(JSON.parse(line)).Findings);
  const array = await runCommand([...findings, '--format', 'asff', ...toSecurityHub]);
  const all = z.array(importableFinding).parse(JSON.parse(array.stdout));
  expect(requests.flat().toSorted(byId)).toEqual(all.toSorted(byId));
});

test('a finding without an account or a region is not put anywhere by guess', async () => {
  const nowhere = await runCommand([...findings, '--format', 'asff', '--import-account', '111122223333']);
  expectExit(nowhere, 2);
  expect(nowhere.stdout).toBe('');
  expect(nowhere.stderr).toContain('`--import-region`');
});

test.each([
  ['--import-account', '1234', 'account id'],
  ['--import-region', '../eu', 'region'],
  ['--product-arn', 'product', 'ARN'],
  ['--sarif-file', '/etc/passwd', 'root of the repository'],
])('%s %s is refused with what was expected', async (option, value, expected) => {
  const result = await runCommand([...findings, '--format', 'asff', option, value]);
  expectExit(result, 2);
  expect(result.stderr).toContain(expected);
});
