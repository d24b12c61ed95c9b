import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { loadConfigurationFile } from '@ecr-audit/runtime';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

import { repositoryRoot, serviceNames, stagesOf, dockerfileText } from './dockerfile.ts';

const directory = path.join(repositoryRoot, 'infra/docker');
const text = readFileSync(path.join(directory, 'compose.yaml'), 'utf8');

const dependsOn = z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') }));
const common = {
  image: z.string(),
  restart: z.enum(['unless-stopped', 'no']),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  stop_grace_period: z.string().optional(),
  secrets: z.array(z.string()).optional(),
  networks: z.array(z.string()),
};

/** The part of https://github.com/compose-spec/compose-spec that we use; a member that is misspelt is an unknown one. */
const ourService = z.strictObject({
  ...common,
  build: z.strictObject({ context: z.string(), dockerfile: z.string(), target: z.string() }),
  init: z.literal(true),
  read_only: z.literal(true),
  tmpfs: z.tuple([z.literal('/tmp')]),
  cap_drop: z.tuple([z.literal('ALL')]),
  environment: z.record(z.string(), z.string().nullable()),
  configs: z.array(z.strictObject({ source: z.string(), target: z.string() })).optional(),
  ports: z.array(z.string()).optional(),
  profiles: z.array(z.string()).optional(),
  depends_on: dependsOn,
});
const otherService = z.strictObject({
  ...common,
  command: z.array(z.string()).optional(),
  shm_size: z.string().optional(),
  environment: z.record(z.string(), z.string()).optional(),
  volumes: z.array(z.string()),
  healthcheck: z.strictObject({
    test: z.array(z.string()),
    interval: z.string(),
    timeout: z.string(),
    retries: z.int(),
    start_period: z.string().optional(),
  }),
});
const fileOf = z.record(z.string(), z.strictObject({ file: z.string() }));

const compose = z
  .object({
    name: z.literal('ecr-audit'),
    services: z.strictObject({
      collector: ourService,
      evaluator: ourService,
      notifier: ourService,
      api: ourService,
      cli: ourService,
      postgres: otherService,
      redis: otherService,
    }),
    networks: z.strictObject({ data: z.strictObject({ internal: z.literal(true) }), outside: z.strictObject({}) }),
    volumes: z.record(z.string(), z.strictObject({})),
    configs: fileOf,
    secrets: fileOf,
  })
  .parse(parse(text, { merge: true }));

const { services } = compose;

describe('compose.yaml', () => {
  test('builds every service from its target of the Dockerfile', () => {
    const targets = stagesOf(dockerfileText).map(({ name }) => name);
    for (const name of serviceNames) {
      const { build, image } = services[name];
      expect(build.target).toBe(name);
      expect(targets).toContain(name);
      expect(path.resolve(directory, build.context)).toBe(repositoryRoot);
      expect(existsSync(path.resolve(directory, build.context, build.dockerfile))).toBe(true);
      expect(image).toMatch(/^ecr-audit\/\w+:\d+\.\d+\.\d+$/);
    }
  });

  test('names whole versions of what others make', () => {
    for (const { image } of [services.postgres, services.redis]) {
      expect(image).toMatch(/^docker\.io\/library\/\w+:\d+\.\d+(\.\d+)?-bookworm$/);
    }
    expect(text).not.toMatch(/:latest/);
  });

  test('holds no secret: what is one lies in a file, or is passed on', () => {
    for (const service of Object.values(services)) {
      for (const [name, value] of Object.entries(service.environment ?? {})) {
        const isSecret = /PASSWORD|SECRET|TOKEN|KEY|EXTERNAL_ID|DATABASE_URL/.test(name);
        expect(!isSecret || value === null || (name.endsWith('_FILE') && value.startsWith('/run/secrets/'))).toBe(true);
      }
    }
    expect(text).not.toMatch(/:\/\/[^/\s]*:[^/\s]*@/);
  });

  test('gives each service the secrets that it reads, and no other', () => {
    for (const name of serviceNames) {
      const { environment, secrets = [] } = services[name];
      const read = Object.values(environment).flatMap((value) => /^\/run\/secrets\/(.+)$/.exec(value ?? '')?.[1] ?? []);
      expect(read.toSorted()).toEqual(secrets.toSorted());
    }
    expect(services.evaluator.secrets).toEqual(['database-url']);
    expect(Object.keys(services.evaluator.environment).filter((name) => name.startsWith('AWS_'))).toEqual([]);
  });

  test('every secret is made by make-secrets.sh, and every other file is there', () => {
    const script = readFileSync(path.join(directory, 'make-secrets.sh'), 'utf8');
    for (const [name, { file }] of Object.entries(compose.secrets)) {
      expect(file).toBe(`./secrets/${name}`);
      expect(script).toContain(`put ${name} `);
    }
    for (const { file } of Object.values(compose.configs)) {
      expect(existsSync(path.join(directory, file))).toBe(true);
    }
    expect(readFileSync(path.join(directory, '.gitignore'), 'utf8')).toBe('secrets/\n');
  });

  test('waits for healthy stores, and keeps the evaluator from the outside', () => {
    for (const name of serviceNames) {
      expect(Object.keys(services[name].depends_on).toSorted()).toEqual(['postgres', 'redis']);
    }
    expect(services.evaluator.networks).toEqual(['data']);
    expect(services.postgres.networks).toEqual(['data']);
    expect(services.redis.networks).toEqual(['data']);
  });

  test('publishes the API to this machine only', () => {
    const published = Object.values(services).flatMap((service) => ('ports' in service ? (service.ports ?? []) : []));
    expect(published).toEqual(['127.0.0.1:8080:8080']);
  });

  test('keeps jobs when the memory of Redis ends, and outlives the longest orderly stop', () => {
    expect(services.redis.command?.join(' ')).toContain('--maxmemory-policy noeviction');
    for (const name of serviceNames) {
      expect(services[name].stop_grace_period).toBe('30s');
    }
  });

  test('what it audits is a valid configuration', async () => {
    const { organization } = await loadConfigurationFile(path.join(directory, 'ecr-audit.yaml'), {});
    expect(organization).toMatchObject({ accounts: 'own', regions: 'all' });
  });
});
