import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { expectExit, runCommand, type CommandResult } from '../system/harness/run-command.ts';
import { temporaryDirectory } from '../system/harness/temporary-directory.ts';

const sample = path.join(import.meta.dirname, '../../services/cli/sample-organization/2026-11-16');
const publisher = 'arn:aws:iam::333344445555:role/ci/github-actions-publish';
const repository = 'arn:aws:ecr:eu-west-1:333344445555:repository/tracking/api';

function file(name: string, text: string): string {
  const found = path.join(temporaryDirectory('rehearsal'), name);
  writeFileSync(found, text);
  return found;
}

const noPushText = `changes:
  - change: setRepositoryPolicy
    repository: ${repository}
    document:
      Version: "2012-10-17"
      Statement:
        - {Effect: Deny, Principal: "*", Action: "ecr:PutImage"}
`;

function noPushFile(): string {
  return file('no-push.yaml', noPushText);
}

async function rehearse(change: string, ...words: readonly string[]): Promise<CommandResult> {
  return await runCommand(['rehearse', '--snapshot', sample, '--change', change, ...words]);
}

describe('taking push from someone who used it days ago', () => {
  test('is told with who, what and when, and where nobody watched', async () => {
    const result = await rehearse(noPushFile());
    expectExit(result, 0);
    expect(result.stdout).toMatch(/lost +push; PutImage +eu-west-1:333344445555 tracking\/api/);
    expect(result.stdout).toMatch(new RegExp(`lost +ecr:PutImage +${repository} +${publisher} +2026-11-13T14:38:00`));
    expect(result.stdout).toContain('Not wholly observed, so there may be more use in: 333344445555 eu-west-1');
  });

  test.each([
    ['lost:push', 5],
    ['gained,lost:ecr:PutImage', 5],
    ['used:push', 5],
    ['gained:push,lost:administer', 0],
    ['used:delete', 0],
  ])('--fail-on %s ends with %i', async (failOn, exitCode) => {
    const result = await rehearse(noPushFile(), '--fail-on', failOn, '--format', 'json');
    expect(result.exitCode).toBe(exitCode);
  });

  test('that nobody used something is not said where nobody watched: that ends with 3', async () => {
    const change = file('no-scans.yaml', noPushText.replace('ecr:PutImage', 'ecr:StartImageScan'));
    const long = await rehearse(change, '--fail-on', 'used:ecr:StartImageScan');
    expectExit(long, 3);
    expect(long.stderr).toContain('use was not wholly observed');
    expectExit(await rehearse(change, '--fail-on', 'used:ecr:StartImageScan', '--days', '1'), 0);
  });

  test('is the same in JSON and in CSV', async () => {
    const json = await rehearse(noPushFile(), '--format', 'json');
    const { groups } = z
      .object({ groups: z.array(z.object({ principals: z.array(z.unknown()), changes: z.array(z.unknown()) })) })
      .parse(JSON.parse(json.stdout));
    const rows = groups.reduce((sum, { principals, changes }) => sum + principals.length * changes.length, 0);
    const csv = await rehearse(noPushFile(), '--format', 'csv');
    const lines = csv.stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(rows + 1);
    expect(lines.find((line) => line.startsWith(publisher))).toContain(',lost,true,push,ecr:PutImage,');
  });
});

describe('a file that cannot be rehearsed ends with 2 and says where', () => {
  test.each([
    ['yaml', 'changes:\n  - change: [\n', /:3:1`: /],
    ['yaml', 'changes: &a [*a, *a]\n', /cannot /],
    [
      'json',
      `{"changes": [\n {"change": "deleteRepositoryPolicy", "repository": "${repository}", "repository": ""}]}`,
      /:2:\d+`: map keys must be unique/,
    ],
    [
      'json',
      `{"changes": [\n  {"change": "deleteRepositoryPolicy",\n   "repository": "${repository}s"}]}`,
      /:3:18: changes\[0\]\.repository: .*did you mean/,
    ],
    [
      'yaml',
      `changes:\n  - change: setRepositoryPolicy\n    repository: ${repository}\n    document:\n      Version: "2012-10-17"\n      Statement:\n        - Effect: Alow\n          Principal: "*"\n          Action: ecr:PutImage\n`,
      /:7:19: changes\[0\]\.document Statement\[0\]\.Effect: is `Alow`/,
    ],
  ])('%s: %j', async (kind, text, expected) => {
    const result = await rehearse(file(`wrong.${kind}`, text));
    expectExit(result, 2);
    expect(result.stderr).toMatch(expected);
    expect(result.stdout).toBe('');
  });

  test('as does one that is not there, and an option that is none', async () => {
    const missing = await rehearse(path.join(temporaryDirectory('rehearsal'), 'none.yaml'));
    expectExit(missing, 2);
    const wrong = await rehearse(noPushFile(), '--fail-on', 'gained:pusch');
    expectExit(wrong, 2);
    expect(wrong.stderr).toContain('`gained:`');
  });
});
