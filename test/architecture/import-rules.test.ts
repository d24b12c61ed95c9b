import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));
const configFile = join(root, '.dependency-cruiser.mjs');
const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');

const configSchema = z.object({
  default: z.object({ forbidden: z.array(z.object({ name: z.string(), comment: z.string(), severity: z.string() })) }),
});
const reportSchema = z.object({
  summary: z.object({ violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })) }),
});

const { forbidden } = configSchema.parse(await import(configFile)).default;

const PACKAGES = ['policy', 'access', 'aws', 'store', 'jobs', 'runtime', 'client'];
const SERVICES = ['collector', 'evaluator', 'notifier', 'api', 'cli'];

function imports(...names: readonly string[]): string {
  return names.map((name) => `import '${name}';\n`).join('');
}

function ours(...names: readonly string[]): string {
  return imports(...names.map((name) => `@ecr-audit/${name}`));
}

/** The house in small, with nothing out of place. */
const TIDY: Readonly<Record<string, string>> = {
  'packages/policy/src/index.ts': imports('./inner.ts'),
  'packages/policy/src/inner.ts': 'export {};\n',
  'packages/policy/src/inner.test.ts': imports('./inner.ts', 'zod'),
  'packages/access/src/index.ts': ours('policy') + imports('zod'),
  'packages/aws/src/index.ts': ours('access') + imports('@aws-sdk/client-ecr'),
  'packages/store/src/index.ts': ours('access') + imports('postgres', './inner.ts'),
  'packages/store/src/inner.ts': 'export {};\n',
  'packages/store/src/testing/index.ts': imports('../index.ts'),
  'packages/jobs/src/index.ts': ours('access') + imports('bullmq', 'ioredis'),
  'packages/runtime/src/index.ts': imports('zod'),
  'packages/client/src/index.ts': imports('./inner.ts'),
  'packages/client/src/inner.ts': 'export {};\n',
  'services/collector/src/index.ts': ours('aws', 'jobs', 'store', 'runtime'),
  'services/evaluator/src/index.ts': ours('access', 'jobs', 'store', 'runtime'),
  'services/notifier/src/index.ts': ours('jobs', 'store', 'runtime'),
  'services/api/src/index.ts': ours('store', 'runtime') + imports('hono'),
  'services/cli/src/index.ts': ours('aws', 'collector', 'evaluator', 'notifier', 'api'),
  'services/cli/src/main.ts': imports('./index.ts'),
  'test/helper.ts': 'export {};\n',
  'test/rooms.test.ts':
    ours('policy', 'cli', 'client') + imports('./helper.ts', '../packages/store/src/testing/index.ts'),
};

/** One file for each rule that breaks it, with every rule that it breaks. */
const BROKEN: Readonly<Record<string, readonly [source: string, ...rules: string[]]>> = {
  // A circle is reported once, at one of its files.
  'packages/access/src/circle.ts': [imports('./back.ts')],
  'packages/access/src/back.ts': [imports('./circle.ts'), 'no-cycles'],
  'packages/policy/src/reads-files.ts': [imports('node:fs'), 'policy-imports-nothing'],
  'packages/access/src/logs.ts': [ours('runtime'), 'access-only-policy'],
  'packages/aws/src/queues.ts': [ours('jobs'), 'aws-only-access'],
  'packages/aws/src/saves.ts': [ours('store'), 'aws-only-access', 'no-sideways-aws-store'],
  'packages/store/src/queues.ts': [ours('jobs'), 'store-only-access'],
  'packages/jobs/src/decides.ts': [ours('policy'), 'jobs-only-access'],
  'packages/jobs/src/starts.ts': [ours('collector'), 'jobs-only-access', 'packages-below-services'],
  'packages/client/src/reads-files.ts': [imports('node:fs'), 'client-imports-nothing'],
  'services/cli/src/asks.ts': [ours('client'), 'client-only-for-others'],
  'packages/runtime/src/knows.ts': [ours('access'), 'runtime-knows-no-room'],
  'services/api/src/asks.ts': [ours('evaluator'), 'services-never-meet'],
  'services/evaluator/src/collects.ts': [ours('aws'), 'collector-holds-credentials-alone'],
  'services/collector/src/calls.ts': [imports('@aws-sdk/client-ecr'), 'sdk-only-in-aws'],
  'services/api/src/queries.ts': [imports('postgres'), 'postgres-only-in-store'],
  'services/evaluator/src/enqueues.ts': [imports('ioredis'), 'bullmq-only-in-jobs'],
  'services/cli/src/serves.ts': [imports('hono'), 'hono-only-in-api'],
  'services/cli/src/tells-slack.ts': [imports('@slack/web-api'), 'slack-only-in-notifier'],
  'services/cli/src/digs.ts': [imports('../../../packages/store/src/inner.ts'), 'no-deep-imports'],
  'test/digs.test.ts': [imports('../packages/store/src/inner.ts'), 'no-deep-imports-from-test'],
  'services/notifier/src/leans.ts': [imports('../../../test/helper.ts'), 'nobody-imports-test'],
  'services/notifier/src/forgotten.ts': ['export {};\n', 'no-orphans'],
  'packages/runtime/src/copies.ts': [imports('copyleft'), 'licence-vetted'],
};

const FOREIGN: Readonly<Record<string, string>> = {
  zod: 'MIT',
  postgres: 'Unlicense',
  bullmq: 'MIT',
  ioredis: 'MIT',
  hono: 'MIT',
  '@slack/web-api': 'MIT',
  '@aws-sdk/client-ecr': 'Apache-2.0',
  copyleft: 'AGPL-3.0-only',
};

const trees: string[] = [];

function manifest(name: string, entry: string, fields: object): string {
  return JSON.stringify({ name, version: '1.0.0', type: 'module', exports: { '.': entry }, ...fields });
}

/** Lays the files out in a directory of their own, with the packages that they name. */
function layOut(files: Readonly<Record<string, string>>): string {
  const tree = realpathSync(mkdtempSync(join(tmpdir(), 'import-rules-')));
  trees.push(tree);
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), content);
  };
  const dependencies = Object.fromEntries(Object.keys(FOREIGN).map((name) => [name, '1.0.0']));
  mkdirSync(join(tree, 'node_modules/@ecr-audit'), { recursive: true });
  for (const [folder, names] of [
    ['packages', PACKAGES],
    ['services', SERVICES],
  ] as const) {
    for (const name of names) {
      write(`${folder}/${name}/package.json`, manifest(`@ecr-audit/${name}`, './src/index.ts', { dependencies }));
      symlinkSync(join(tree, folder, name), join(tree, 'node_modules/@ecr-audit', name));
    }
  }
  for (const [name, license] of Object.entries(FOREIGN)) {
    write(`node_modules/${name}/package.json`, manifest(name, './index.js', { license }));
    write(`node_modules/${name}/index.js`, 'export {};\n');
  }
  write('infra/nothing.test.ts', imports('../test/helper.ts'));
  for (const [path, content] of Object.entries(files)) {
    write(path, content);
  }
  cpSync(join(root, 'tsconfig.base.json'), join(tree, 'tsconfig.base.json'));
  return tree;
}

/** The rules that each file breaks. */
function violationsIn(tree: string): Record<string, string[]> {
  const run = spawnSync(
    process.execPath,
    [program, '--config', configFile, '--output-type', 'json', 'packages', 'services', 'infra', 'test'],
    { cwd: tree, encoding: 'utf8', maxBuffer: 50_000_000 },
  );
  if (!run.stdout.startsWith('{')) {
    throw new Error(`dependency-cruiser gave no report: ${run.stderr}`);
  }
  const found: Record<string, Set<string>> = {};
  for (const { from, rule } of reportSchema.parse(JSON.parse(run.stdout)).summary.violations) {
    (found[from] ??= new Set()).add(rule.name);
  }
  return Object.fromEntries(Object.entries(found).map(([from, rules]) => [from, [...rules].toSorted()]));
}

afterAll(() => {
  for (const tree of trees) {
    rmSync(tree, { recursive: true, force: true });
  }
});

test('every import rule says why, and is an error', () => {
  expect(forbidden.filter(({ comment, severity }) => comment.length < 40 || severity !== 'error')).toEqual([]);
});

test('a house in order breaks no rule', () => {
  expect(violationsIn(layOut(TIDY))).toEqual({});
});

describe('in a house where each rule is broken', () => {
  const broken = Object.entries(BROKEN);
  let found: Record<string, string[]> = {};

  beforeAll(() => {
    const sources = broken.map(([path, [source]]) => [path, source]);
    found = violationsIn(layOut({ ...TIDY, ...Object.fromEntries(sources) }));
  });

  test.each(broken)('%s breaks what it is meant to break', (path, [, ...rules]) => {
    expect(found[path] ?? []).toEqual(rules.toSorted());
  });

  test('nothing else is reported', () => {
    expect(Object.keys(found).filter((path) => !Object.hasOwn(BROKEN, path))).toEqual([]);
  });

  test('every rule is reported, so that none is dead', () => {
    expect([...new Set(Object.values(found).flat())].toSorted()).toEqual(forbidden.map(({ name }) => name).toSorted());
  });
});
