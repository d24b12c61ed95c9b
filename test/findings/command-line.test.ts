import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '@ecr-audit/access';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { expectExit, runCommand } from '../system/harness/run-command.ts';
import { temporaryDirectory } from '../system/harness/temporary-directory.ts';

/* `findings` and `rules` on the sample organization at its two points in time. */

const sample = new URL('../../services/cli/sample-organization/', import.meta.url).pathname;
const later = join(sample, '2026-11-16');
const earlier = join(sample, '2026-11-09');

const answerSchema = z.object({
  findings: z.array(z.looseObject({ ruleId: z.string(), severity: z.string(), resource: z.string() })),
  notJudged: z.array(z.object({ ruleId: z.string(), needs: z.string() })),
});

test('`rules` lists every rule with what it is for', async () => {
  const { stdout } = await runCommand(['rules', '--format', 'json']);
  const { rules } = z.object({ rules: z.array(z.looseObject({ id: z.string() })) }).parse(JSON.parse(stdout));
  expect(rules.map(({ id }) => id)).toEqual(RULES.map(({ id }) => id));
  const table = await runCommand(['rules']);
  for (const { id, why } of RULES) {
    expect(table.stdout).toContain(id);
    expect(table.stdout).toContain(why);
  }
});

test('`findings` tells what became of the sample within a week, and ends with 5 where something is grave', async () => {
  const words = ['findings', '--snapshot', later, '--before', earlier, '--fail-on', 'critical'];
  const result = await runCommand([...words, '--format', 'json']);
  expectExit(result, 5);
  const { findings, notJudged } = answerSchema.parse(JSON.parse(result.stdout));
  // What people approved is kept in a database, and in no snapshot.
  expect(notJudged).toEqual([{ ruleId: 'ECR-BREAKGLASS', needs: 'exceptions' }]);
  const told = findings.map(({ ruleId, resource }) => `${ruleId} ${resource}`);
  expect(told).toEqual(
    expect.arrayContaining([
      'ECR-SCP-WEAK ProtectRegistries',
      'ECR-PUB-PUSH arn:aws:ecr:eu-west-1:666677778888:repository/hackathon/route-game',
      'ECR-TAG-MUTABLE arn:aws:ecr:eu-west-1:333344445555:repository/payments/gateway',
      'ECR-REG-SCOPE registry:333344445555/us-east-1',
      'ECR-OIDC-NOSUB arn:aws:iam::333344445555:role/ci/github-actions-open-source',
      'ECR-POLICY-ATTEMPT arn:aws:ecr:eu-west-1:333344445555:repository/payments/gateway',
    ]),
  );
});

test('without an earlier snapshot it says which rules could not judge', async () => {
  const result = await runCommand(['findings', '--snapshot', later, '--severity', 'critical']);
  expectExit(result, 0);
  expect(result.stdout).toContain('not judged without an earlier snapshot');
  expect(result.stdout).toContain('ECR-NEW-PUSH');
});

test('the configuration says who is an administrator and whose accounts are known', async () => {
  const file = join(temporaryDirectory('findings'), 'ecr-audit.yaml');
  writeFileSync(
    file,
    `version: 1
organization: { accounts: own, regions: all }
findings:
  administrators: ['*']
  allowedAccounts: ['888899990000', '999900001111']
`,
  );
  const result = await runCommand(['findings', '--snapshot', later, '--config', file, '--format', 'ndjson']);
  expectExit(result, 0);
  const rules = new Set(
    result.stdout
      .trim()
      .split('\n')
      .map((line) => z.looseObject({ ruleId: z.string() }).parse(JSON.parse(line)).ruleId),
  );
  expect([...rules]).toEqual(expect.arrayContaining(['ECR-PUB-PUSH']));
  for (const rule of ['ECR-ADMIN-GRANT', 'ECR-WILDCARD', 'ECR-XACCT-PUSH', 'ECR-XACCT-PULL', 'ECR-XACCT-USE']) {
    expect([...rules]).not.toContain(rule);
  }
});

test('an earlier snapshot that is later is refused in one sentence', async () => {
  const result = await runCommand(['findings', '--snapshot', earlier, '--before', later]);
  expectExit(result, 2);
  expect(result.stderr).toContain('cannot compare with a later snapshot');
});
