import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { assembleSnapshot } from '@ecr-audit/access';
import { afterAll, describe, expect, test } from 'vitest';
import { awsPolicies } from './aws-managed.ts';
import { countOrganization } from './count-organization.ts';
import { generateOrganization, organizationFor } from './generate.ts';
import type { Account, GeneratedOrganization, Principal } from './model.ts';
import { generatorOptions, sizes } from './options.ts';

const few = { accounts: 7, principals: 300, repositories: 120 };
const scratch = mkdtempSync(join(tmpdir(), 'generate-organization-'));
const program = join(import.meta.dirname, 'main.ts');

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('a generated organization', () => {
  test.each([
    few,
    { accounts: 1, principals: 1, repositories: 0 },
    { accounts: 3, principals: 2, repositories: 1 },
    { ...few, statementFactor: 3 },
  ])('of %j is read without a gap or a problem, and holds as much as was asked for', (asked) => {
    const snapshot = assembleSnapshot(generateOrganization(generatorOptions(asked)));
    const accounts = [...snapshot.accounts.values()];
    const regions = accounts.flatMap((account) => [...account.regions.values()]);
    expect({ problems: snapshot.problems, gaps: snapshot.gaps }).toEqual({ problems: [], gaps: [] });
    expect({
      accounts: accounts.length,
      principals: accounts.reduce((sum, { iam }) => sum + (iam?.principals.length ?? 0), 0),
      repositories: regions.reduce((sum, { repositories }) => sum + (repositories?.size ?? 0), 0),
    }).toEqual({ accounts: asked.accounts, principals: asked.principals, repositories: asked.repositories });
  });

  test('is the same, byte for byte, for the same seed, and another for another', () => {
    const options = generatorOptions(few);
    expect(generateOrganization(options)).toEqual(generateOrganization(options));
    expect(generateOrganization({ ...options, seed: '2' })).not.toEqual(generateOrganization(options));
  });

  test('names each principal once, and every boundary and attached policy is there', () => {
    const snapshot = assembleSnapshot(generateOrganization(generatorOptions(few)));
    for (const { iam } of snapshot.accounts.values()) {
      const principals = iam?.principals ?? [];
      const named = principals.flatMap(({ attachedPolicyArns, permissionsBoundaryArn }) => [
        ...attachedPolicyArns,
        ...(permissionsBoundaryArn === null ? [] : [permissionsBoundaryArn]),
      ]);
      expect(named.filter((arn) => iam?.managedPolicies.has(arn) !== true)).toEqual([]);
      expect(new Set(principals.map(({ arn }) => arn)).size).toBe(principals.length);
      expect(new Set(principals.map(({ kind, name }) => `${kind} ${name}`)).size).toBe(principals.length);
    }
  });

  test('keeps the principals that it had when it has more of them, and the repositories too', () => {
    const options = generatorOptions({ accounts: 1, principals: 100, repositories: 60 });
    const [less] = organizationFor(options).accounts;
    const [more] = organizationFor({ ...options, principals: 200 }).accounts;
    expect(more?.roles.slice(0, less?.roles.length).map(({ name, path, tags }) => ({ name, path, tags }))).toEqual(
      less?.roles.map(({ name, path, tags }) => ({ name, path, tags })),
    );
    expect(namesIn(more)).toEqual(namesIn(less));
  });
});

function namesIn(account: Account | undefined): string[] {
  return (account?.registries ?? []).flatMap(({ repositories }) => repositories.map(({ name }) => name));
}

describe.each(['account', 'organization'] as const)('the %s of the speed targets', (name) => {
  const size = sizes[name];
  const organization = organizationFor(generatorOptions(size));
  const counts = countOrganization(organization);

  test('has about one managed policy for every four principals and an inline one for every three', () => {
    expect((counts.managedPolicies + awsPolicies.size) / size.principals).toBeCloseTo(0.25, 1);
    expect(counts.inlinePolicies / size.principals).toBeCloseTo(1 / 3, 1);
  });

  test('has conditions on about a third of the statements', () => {
    expect(counts.statementsWithCondition / counts.statements).toBeGreaterThan(0.3);
    expect(counts.statementsWithCondition / counts.statements).toBeLessThan(0.37);
  });

  test('has policies on about 40 % of the repositories, and boundaries on a good part of the principals', () => {
    expect(counts.repositoriesWithPolicy / counts.repositories).toBeCloseTo(0.4, 1);
    expect(counts.boundaries / counts.principals).toBeCloseTo(0.3, 1);
  });

  test('gives about a third of the principals no right to images of their own', () => {
    const share = outsidersOf(organization) / size.principals;
    expect(share).toBeGreaterThan(0.28);
    expect(share).toBeLessThan(0.45);
  });
});

function outsidersOf({ accounts }: GeneratedOrganization): number {
  return accounts.reduce(
    (sum, account) =>
      sum +
      account.users.filter((user) => !touchesImages(account, user, user.groups)).length +
      account.roles.filter((role) => !touchesImages(account, role, [])).length,
    0,
  );
}

function touchesImages(account: Account, principal: Principal, groupNames: readonly string[]): boolean {
  const own = new Map(account.policies.map(({ name, document }): [string, unknown] => [name, document]));
  return [principal, ...account.groups.filter(({ name }) => groupNames.includes(name))]
    .flatMap(({ managed, inline }) => [
      ...managed.map((name) => own.get(name) ?? awsPolicies.get(name)?.document),
      ...Object.values(inline),
    ])
    .some((document) => /"ecr:|"Action":"\*"|"NotAction"/.test(JSON.stringify(document)));
}

describe('the command', () => {
  test('writes a directory that reads as the parts do, and prints what is in it', () => {
    const out = join(scratch, 'new');
    const run = runProgram('--out', out);
    expect({ status: run.status, stdout: run.stdout }).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('principals    20,'),
    });
    expect(readdirSync(out).toSorted()).toEqual(['accounts', 'organization.json', 'snapshot.json']);
  });

  test('leaves a directory alone that is not empty', () => {
    writeFileSync(join(scratch, 'precious.txt'), 'mine');
    const run = runProgram('--out', scratch);
    expect({ status: run.status, stderr: run.stderr }).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('is not empty'),
    });
    expect(readdirSync(scratch)).toContain('precious.txt');
  });

  test.each([
    [['--accounts', 'many'], 'cannot read `--accounts many`: expected a whole number from 1 to 1000'],
    [['--regions', 'europe'], 'expected names such as `eu-west-1`, not `europe`'],
    [['--bogus'], "Unknown option '--bogus'"],
  ])('says what is wrong with %j', (args, message) => {
    const run = runProgram(...args);
    expect({ status: run.status, stderr: run.stderr }).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(message),
    });
  });
});

function runProgram(...args: readonly string[]) {
  return spawnSync(process.execPath, [program, '--principals', '20', '--repositories', '5', ...args], {
    encoding: 'utf8',
  });
}
