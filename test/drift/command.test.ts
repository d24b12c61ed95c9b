import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type CommandResult, expectExit, runCommand } from '../system/harness/run-command.ts';

const samples = path.join(import.meta.dirname, '../../services/cli/sample-organization');
const two = ['--from', path.join(samples, '2026-11-09'), '--to', path.join(samples, '2026-11-16')];

async function drift(words: readonly string[], exitCode = 0): Promise<CommandResult> {
  const result = await runCommand(['drift', ...words]);
  expectExit(result, exitCode);
  return result;
}

const recordSchema = z.looseObject({ record: z.string() });

describe('drift of the sample organization', () => {
  test('names differences, whose call made each, and whose access it changed', async () => {
    const { stdout } = await drift(two);
    expect(stdout).toContain('Drift from 2026-11-09T06:00:00Z to 2026-11-16T06:00:00Z');
    expect(stdout).toMatch(
      /\* permissions boundary of user 555566667777 liu\.wen removed: .*ContractorBoundary -> none/,
    );
    expect(stdout).toMatch(
      / {4}DeleteUserPermissionsBoundary at 2026-11-10T09:14:07Z by Identity Center user jonas\.berg/,
    );
    expect(stdout).toContain('* policy of the organization `ProtectRegistries` detached from ou-lk42-w0rkload');
    expect(stdout).toMatch(
      /revoked \(principal made again\) +push; \d+ actions +eu-west-1:555566667777 integration\/test-data/,
    );
    expect(stdout).toMatch(/granted \(new principal\) +push/);
    expect(stdout).toContain("Changed, without changing anybody's access:");
    expect(stdout).toMatch(
      /Not known, because a snapshot lacks it; .*\n\* IAM of 777788889999, not in either snapshot/,
    );
    expect(stdout).toMatch(
      /\* the access of \d+ principals to 1 repository, which rests on repository policy of .*address-check/,
    );
  });

  test('tells a cause once, however many ways it changed access in', async () => {
    const { stdout } = await drift(two);
    expect(stdout.match(/DeleteUserPermissionsBoundary at/g)).toHaveLength(1);
  });

  test('has the same in JSON and ndjson, access naming differences by their places', async () => {
    const [json, ndjson] = [await drift([...two, '--format', 'json']), await drift([...two, '--format', 'ndjson'])];
    const report = z
      .looseObject({
        differences: z.array(z.looseObject({ kind: z.string(), cause: z.unknown() })),
        access: z.array(z.looseObject({ differences: z.array(z.number()) })),
      })
      .parse(JSON.parse(json.stdout));
    const records = ndjson.stdout
      .trimEnd()
      .split('\n')
      .map((line) => recordSchema.parse(JSON.parse(line)).record);
    expect(records.filter((record) => record === 'difference')).toHaveLength(report.differences.length);
    expect(records.filter((record) => record === 'access')).toHaveLength(report.access.length);
    const places = report.access.flatMap(({ differences }) => differences);
    expect(places.every((place) => report.differences[place] !== undefined)).toBe(true);
    expect(report.access.every(({ differences }) => differences.length > 0)).toBe(true);
    expect(report.differences.every(({ cause }) => cause !== null)).toBe(true);
  });
});

describe('its exit code', () => {
  test('is 5 where something of --fail-on happened, and says what', async () => {
    const { stderr } = await drift([...two, '--fail-on', 'altered:replicate,granted:push'], 5);
    expect(stderr).toContain('fails on `granted:push`');
  });

  test('is 3 where nobody can tell, because an account was not read', async () => {
    const { stderr } = await drift([...two, '--fail-on', 'altered:replicate'], 3);
    expect(stderr).toContain('cannot tell `altered:replicate`');
  });

  test('is 3 with --fail-on-gaps, and 0 for one snapshot beside itself', async () => {
    await drift([...two, '--fail-on-gaps'], 3);
    const { stdout } = await drift(['--from', two[3] ?? '', '--to', two[3] ?? '']);
    expect(stdout).toContain('0 differences of the configuration changed the access of 0 principals.');
  });

  test.each([
    ['gained', 'expected `granted`, `revoked`'],
    ['granted:nothing', 'expected a capability'],
    ['granted:', 'expected a capability'],
  ])('is 2 for --fail-on %s', async (given, message) => {
    const { stderr } = await drift([...two, '--fail-on', given], 2);
    expect(stderr).toContain(message);
  });
});
