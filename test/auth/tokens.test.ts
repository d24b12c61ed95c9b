import { findApiToken, hashToken } from '@ecr-audit/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type CommandResult, expectExit, runCommand } from '../system/harness/run-command.ts';
import { type AuthScene, sceneTime, startAuthScene } from './harness/auth-scene.ts';

/* Tokens of our own: by the command that makes them, and at the API that they are for. */

let scene: AuthScene;
beforeAll(async () => {
  scene = await startAuthScene();
});
afterAll(async () => await scene.stop());

const status = async (token: string, path = '/v1/rules'): Promise<number> => (await scene.ask(path, token)).status;

describe('a token', () => {
  test('that is revoked is out at once, also while it is used', async () => {
    const token = await scene.token('read');
    expect(await status(token)).toBe(200);
    await scene.revoke(token);
    expect(await status(token)).toBe(401);
  });

  test('expires at its time and not before', async () => {
    const expiresAt = new Date(Date.parse(sceneTime) + 60_000).toISOString();
    const token = await scene.token('read', { expiresAt });
    expect(await status(token)).toBe(200);
    scene.pass(60_000);
    expect(await status(token)).toBe(401);
  });

  test('is nowhere in the database, and what is kept of it lets nobody in', async () => {
    const token = await scene.token('admin');
    const kept = hashToken(token)?.toString('hex') ?? '';
    const rows = await scene.store.sql`select * from audit.api_token`;
    expect(JSON.stringify(rows)).not.toContain(token.slice('ecraudit_'.length, -8));
    expect(await status(`ecraudit_${kept}`)).toBe(401);
    expect(await status(kept)).toBe(401);
  });

  test('tells when it was used last, once a minute and behind the answer', async () => {
    const token = await scene.token('read');
    const lastUse = async (): Promise<string | null | undefined> => {
      await scene.trail.flush();
      const hash = hashToken(token);
      return hash === null ? undefined : (await findApiToken(scene.store.sql, hash))?.lastUsedAt;
    };
    expect(await lastUse()).toBeNull();
    await status(token);
    const first = await lastUse();
    expect(first).toMatch(/^2026-11-23T/);
    scene.pass(30_000);
    await status(token);
    expect(await lastUse()).toBe(first);
    scene.pass(31_000);
    await status(token);
    expect(Date.parse((await lastUse()) ?? '') - Date.parse(first ?? '')).toBe(61_000);
  });
});

const createdSchema = z.object({
  token: z.string().regex(/^ecraudit_[0-9a-f]{72}$/),
  id: z.uuid(),
  name: z.string(),
  scope: z.string(),
  accountIds: z.array(z.string()).nullable(),
  expiresAt: z.string().nullable(),
});

async function run(...words: readonly string[]): Promise<CommandResult> {
  return await runCommand(['tokens', ...words, '--database-url', scene.databaseUrl]);
}

describe('ecr-audit tokens', () => {
  test('makes a token that is let in, shows it once, and revokes it', async () => {
    const made = await run('create', '--name', 'dashboards', '--scope', 'read', '--expires', '2099-01-31');
    expectExit(made, 0);
    // Alone on standard output, so that it can be kept in a file or a variable.
    expect(made.stdout).toMatch(/^ecraudit_[0-9a-f]{72}\n$/);
    expect(made.stderr).not.toContain('ecraudit_');
    const token = made.stdout.trim();
    expect(await status(token)).toBe(200);
    const listed = await run('list');
    expect(listed.stdout).toMatch(/dashboards +read +all +in force until/);
    expect(listed.stdout + listed.stderr).not.toContain('ecraudit_');
    const again = await run('create', '--name', 'dashboards', '--scope', 'admin');
    expect([again.exitCode, again.stdout]).toEqual([2, '']);
    expect(again.stderr).toContain('there is a token `dashboards` already');
    expectExit(await run('revoke', 'dashboards'), 0);
    expect(await status(token)).toBe(401);
    expect((await run('list', '--all')).stdout).toMatch(/dashboards +read +all +revoked/);
  }, 180_000);

  test('limits it to accounts and to a time', async () => {
    const limits = ['--accounts', '222222222222,111111111111', '--expires', '2099-01-31'];
    const made = await run('create', '--name', 'payments', '--scope', 'operate', ...limits, '--format', 'json');
    expect(createdSchema.parse(JSON.parse(made.stdout))).toMatchObject({
      scope: 'operate',
      accountIds: ['111111111111', '222222222222'],
      expiresAt: '2099-02-01T00:00:00.000Z',
    });
  }, 60_000);

  test.each([
    [['create', '--name', 'x', '--scope', 'root'], 'cannot use `--scope`'],
    [['create', '--name', '', '--scope', 'read'], 'cannot use `--name`'],
    [['create', '--name', 'x', '--scope', 'read', '--accounts', 'all'], 'cannot use `--accounts`'],
    [['create', '--name', 'x', '--scope', 'read', '--expires', '2020-01-01'], 'cannot use `--expires`'],
    [['revoke', 'nobody'], 'no such token is in force'],
  ])(
    'refuses %j',
    async (words, sentence) => {
      const result = await run(...words);
      expect([result.exitCode, result.stdout]).toEqual([2, '']);
      expect(result.stderr).toContain(sentence);
    },
    60_000,
  );

  test('does not repeat a token that somebody gives in place of its name', async () => {
    const token = await scene.token('read');
    const result = await run('revoke', token);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).not.toContain('ecraudit_');
  }, 60_000);

  test('keeps who made and revoked which token in the audit log', async () => {
    const result = await runCommand([
      'audit-log',
      '--operation',
      'createToken',
      '--format',
      'ndjson',
      '--database-url',
      scene.databaseUrl,
    ]);
    const names = result.stdout
      .trim()
      .split('\n')
      .map(
        (line) =>
          z.looseObject({ parameters: z.looseObject({ name: z.string() }) }).parse(JSON.parse(line)).parameters.name,
      );
    expect(names).toEqual(expect.arrayContaining(['dashboards', 'payments']));
    expect(result.stdout).not.toContain('ecraudit_');
  }, 60_000);
});
