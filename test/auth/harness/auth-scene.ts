import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { type Api, type AuditTrail, createApi, startAuditTrail } from '@ecr-audit/api';
import { type ApiContent, createLogger } from '@ecr-audit/runtime';
import { type ApiScope, createApiToken, findApiToken, hashToken, revokeApiToken, type Store } from '@ecr-audit/store';
import { createTestDatabase } from '@ecr-audit/store/testing';
import { audience, startIssuer, type TestIssuer } from './issuer.ts';

export const sceneTime = '2026-11-23T12:00:00.000Z';

export interface AuthScene {
  readonly api: Api;
  readonly store: Store;
  readonly databaseUrl: string;
  readonly issuer: TestIssuer;
  readonly trail: AuditTrail;
  /** What its log and its problems said, as one text. */
  readonly logText: () => string;
  /** Lets time pass: of day, and of the clock that rates go by. */
  readonly pass: (milliseconds: number) => void;
  /** Lets time pass that only rates go by, so that nothing expires. */
  readonly wait: (milliseconds: number) => void;
  /** Makes a token that is in force. */
  readonly token: (
    scope: ApiScope,
    options?: { readonly accounts?: readonly string[]; readonly expiresAt?: string },
  ) => Promise<string>;
  /** Revokes a token, as the command does. */
  readonly revoke: (token: string) => Promise<void>;
  /** Asks with a credential in the header; null sends none. */
  readonly ask: (path: string, credential: string | null, init?: RequestInit) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

export type SceneSettings = Partial<Pick<ApiContent, 'requestsPerSecond' | 'requestsAtOnce' | 'origins'>>;

/** An API with a login on an empty database, an issuer of its own, and clocks that stand still until they are told. */
export async function startAuthScene(settings: SceneSettings = {}): Promise<AuthScene> {
  const database = await createTestDatabase();
  let passedMs = 0;
  let waitedMs = 0;
  const now = (): Date => new Date(Date.parse(sceneTime) + passedMs);
  const issuer = await startIssuer(now().getTime() / 1000);
  const lines: string[] = [];
  const destination = new Writable({
    write: (line: Buffer, _encoding, done) => {
      lines.push(line.toString('utf8'));
      done();
    },
  });
  const { store } = database;
  const onProblem = (problem: string, error: unknown): void => void lines.push(`${problem} ${String(error)}`);
  const trail = startAuditTrail({ store, now, onProblem });
  const { requestsPerSecond = 1_000, requestsAtOnce = 100_000, origins = [] } = settings;
  const api = createApi({
    store,
    logger: createLogger('api', { level: 'trace', destination }),
    clock: () => passedMs + waitedMs,
    now,
    trail,
    origins,
    authentication: {
      settings: { requestsPerSecond, requestsAtOnce, issuers: [issuerSettings(issuer.url)] },
    },
  });
  return {
    api,
    store,
    databaseUrl: database.url,
    issuer,
    trail,
    logText: () => lines.join('\n'),
    pass: (milliseconds) => void (passedMs += milliseconds),
    wait: (milliseconds) => void (waitedMs += milliseconds),
    token: async (scope, { accounts, expiresAt = null } = {}) => {
      const name = `${scope}-${randomBytes(6).toString('hex')}`;
      const created = await createApiToken(store, {
        name,
        scope,
        accountIds: accounts ?? null,
        expiresAt,
        by: 'a test',
        at: now().toISOString(),
      });
      if (created === null) {
        throw new Error(`the name ${name} is taken`);
      }
      return created.secret;
    },
    revoke: async (token) => {
      const hash = hashToken(token);
      const found = hash === null ? null : await findApiToken(store.sql, hash);
      if (found === null || (await revokeApiToken(store, { token: found.id, by: 'a test', at: sceneTime })) === null) {
        throw new Error('there is no such token to revoke');
      }
    },
    ask: async (path, credential, init = {}) => {
      const headers = new Headers(init.headers);
      if (credential !== null) {
        headers.set('authorization', `Bearer ${credential}`);
      }
      return await api.request(path, { ...init, headers });
    },
    stop: async () => {
      await trail.close();
      await issuer.stop();
      await database.drop();
    },
  };
}

function issuerSettings(issuer: string): ApiContent['issuers'][number] {
  return {
    issuer,
    audiences: [audience],
    algorithms: ['RS256', 'ES256'],
    clockToleranceSeconds: 30,
    grants: [
      { claim: 'groups', values: ['readers'], scope: 'read', accounts: 'all' },
      { claim: 'groups', values: ['administrators'], scope: 'admin', accounts: 'all' },
      { claim: ['realm', 'roles'], values: ['shop-operator'], scope: 'operate', accounts: ['111111111111'] },
      { claim: 'scope', values: ['ecr-audit:read'], scope: 'read', accounts: { fromClaim: 'aws_accounts' } },
    ],
  };
}
