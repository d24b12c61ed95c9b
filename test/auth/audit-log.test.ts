import { forgetOldAuditLog, listAuditLog, type LoggedAction } from '@ecr-audit/store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { post } from '../api/harness/ask.ts';
import { smallOrganization } from '../api/harness/small-organization.ts';
import { writeScan } from '../api/harness/write-scan.ts';
import { type AuthScene, sceneTime, startAuthScene } from './harness/auth-scene.ts';

/* Who changed what, and who read which report. */

let scene: AuthScene;
beforeEach(async () => {
  scene = await startAuthScene();
  await writeScan(scene.store, smallOrganization());
});
afterEach(async () => await scene.stop());

/** Without what makes tokens, which is logged as well. */
async function logged(): Promise<readonly LoggedAction[]> {
  await scene.trail.flush();
  return (await listAuditLog(scene.store.sql, { limit: 1_000 })).filter(({ actorKind }) => actorKind !== 'cli');
}

test('a report is logged with who read it, what was asked, and what came of it', async () => {
  const token = await scene.token('read');
  await scene.ask('/v1/repositories?name=team*&limit=1', token, { headers: { 'x-request-id': 'request-1' } });
  expect(await logged()).toMatchObject([
    {
      at: sceneTime,
      actorKind: 'token',
      actorName: expect.stringMatching(/^read-/),
      operation: 'listRepositories',
      isChange: false,
      method: 'GET',
      path: '/v1/repositories',
      parameters: { name: 'team*' },
      status: 200,
      requestId: 'request-1',
      times: 1,
    },
  ]);
});

test('pages of a list are one report, and so is what is read again within the moment', async () => {
  const token = await scene.token('read');
  const page = z.looseObject({ nextCursor: z.string().nullable() });
  let cursor: string | null = '';
  let pages = 0;
  while (cursor !== null) {
    const at = cursor === '' ? '' : `&cursor=${cursor}`;
    const response = await scene.ask(`/v1/repositories?limit=1${at}`, token);
    cursor = page.parse(await response.json()).nextCursor;
    pages += 1;
  }
  const entries = await logged();
  expect(entries).toHaveLength(1);
  expect(entries[0]?.times).toBe(pages);
  expect(pages).toBeGreaterThan(2);
});

test('each change is logged by itself, without its body', async () => {
  const token = await scene.issuer.sign({ groups: ['administrators'], email: 'anna@example.com' });
  const approval = { reason: 'a reason that is nobody else’s business' };
  await scene.ask('/v1/baselines', token, post(approval));
  await scene.ask('/v1/baselines', token, post(approval));
  const entries = await logged();
  const entry = {
    actorKind: 'oidc',
    actorId: `${scene.issuer.url} anna`,
    actorName: 'anna@example.com',
    operation: 'approveBaseline',
    isChange: true,
    method: 'POST',
    status: 200,
  };
  expect(entries).toMatchObject([entry, entry]);
  expect(JSON.stringify(entries)).not.toContain('nobody else');
});

test('whoever writes another name into a request is known all the same', async () => {
  const token = await scene.issuer.sign({ groups: ['administrators'], email: 'anna@example.com' });
  const response = await scene.ask('/v1/baselines', token, post({ approvedBy: 'the.boss' }));
  expect(await response.json()).toMatchObject({ baseline: { approvedBy: 'the.boss (through anna@example.com)' } });
});

test('a question that is sent by POST is a report', async () => {
  await scene.ask('/v1/explain', await scene.token('read'), post({ principal: 'x', action: 'push', resource: 'y' }));
  expect(await logged()).toMatchObject([{ operation: 'explain', isChange: false, status: 422 }]);
});

test('who is refused for what he may is logged, who is not known is not', async () => {
  await scene.ask('/v1/baselines', await scene.token('read'), post({}));
  await scene.ask('/v1/baselines', 'somebody', post({}));
  await scene.ask('/v1/baselines', null, post({}));
  expect(await logged()).toMatchObject([{ operation: 'approveBaseline', status: 403 }]);
});

test('what somebody wrote into a query by mistake, a token say, is not logged', async () => {
  const token = await scene.token('read');
  await scene.ask(`/v1/rules?token=${token}`, token);
  await scene.ask(`/v1/repositories?name=${token}`, null);
  expect(await logged()).toMatchObject([{ operation: 'listRules', parameters: {}, status: 400 }]);
  expect(scene.logText()).not.toContain(token);
});

test('names with characters that Postgres refuses are logged', async () => {
  await scene.ask('/v1/principals/%00%ED%A0%80?x=%00', await scene.token('read'));
  expect(await logged()).toHaveLength(1);
});

test('nothing waits any more after the end', async () => {
  const token = await scene.token('read');
  for (let time = 0; time < 300; time += 1) {
    await scene.ask(`/v1/repositories?name=${time}`, token);
  }
  await scene.trail.close();
  expect(await listAuditLog(scene.store.sql, { operation: 'listRepositories', limit: 1_000 })).toHaveLength(300);
});

test('what the database did not take is kept, and written when it is back', async () => {
  await scene.ask('/v1/rules', await scene.token('read'));
  await scene.store.sql`alter table audit.audit_log rename to away`;
  await scene.trail.flush();
  expect(scene.logText()).toContain('the audit log cannot be written');
  await scene.store.sql`alter table audit.away rename to audit_log`;
  expect(await logged()).toMatchObject([{ operation: 'listRules' }]);
});

test('the API lists it by who, what, kind and time, and only to administrators', async () => {
  const admin = await scene.token('admin');
  await scene.ask('/v1/rules', await scene.token('read'));
  await scene.ask('/v1/baselines', admin, post({}));
  await scene.trail.flush();
  const items = z.object({
    items: z.array(z.looseObject({ operation: z.string(), actor: z.looseObject({ kind: z.string() }) })),
  });
  const ask = async (query: string): Promise<readonly string[]> => {
    const response = await scene.ask(`/v1/audit-log?${query}`, admin);
    return items.parse(await response.json()).items.map(({ operation }) => operation);
  };
  expect(await ask('kind=change&operation=approveBaseline')).toEqual(['approveBaseline']);
  expect(await ask('kind=read')).toEqual(['listRules']);
  expect(await ask('since=1d&kind=read')).toContain('listRules');
  expect(await ask('until=2026-11-23T00:00:00Z')).toEqual([]);
  expect((await scene.ask('/v1/audit-log', await scene.token('operate'))).status).toBe(403);
});

test('old lines are forgotten, and no others', async () => {
  await scene.ask('/v1/rules', await scene.token('read'));
  await scene.trail.flush();
  expect(await forgetOldAuditLog(scene.store, { before: new Date(sceneTime) })).toBe(0);
  expect(await forgetOldAuditLog(scene.store, { before: new Date(Date.parse(sceneTime) + 1) })).toBe(2);
});
