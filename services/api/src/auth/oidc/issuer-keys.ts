import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { type Fetch, readKeys } from './read-keys.ts';

// As often as issuers say that theirs may be cached.
const renewAfterMs = 10 * 60_000;
// An issuer that is away for a night keeps nobody out; a key that it withdrew works no longer than this.
const keepMs = 24 * 60 * 60_000;
// Who makes up names of keys makes us ask the issuer no more often than this.
const readEveryMs = 10_000;

/** The issuer cannot be asked, and what is known of its keys does not answer. */
export class IssuerAway extends Error {
  override readonly name = 'IssuerAway';
}

export interface IssuerKeysOptions {
  readonly issuer: string;
  readonly fetch: Fetch;
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number;
  readonly onProblem: (problem: string, error: unknown) => void;
}

type KeyFinder = ReturnType<typeof createLocalJWKSet>;

/**
 * Finds the key of a token: in memory, and at the issuer where that is old or does not have it, as after a rotation.
 *
 * Not `createRemoteJWKSet` of jose 6.2: once its cache is old it fails with the issuer, though it holds keys. Throws `IssuerAway`,
 * and what jose throws where there is no such key.
 */
export function issuerKeys({ issuer, fetch, clock, onProblem }: IssuerKeysOptions): JWTVerifyGetKey {
  let known: { readonly find: KeyFinder; readonly atMs: number } | null = null;
  let tried: { readonly atMs: number; readonly hasFailed: boolean } | null = null;
  let reading: Promise<void> | null = null;

  const readNow = async (): Promise<void> => {
    const startedMs = clock();
    try {
      known = { find: createLocalJWKSet(await readKeys(issuer, fetch)), atMs: startedMs };
      tried = { atMs: startedMs, hasFailed: false };
    } catch (error) {
      tried = { atMs: startedMs, hasFailed: true };
      onProblem(`the keys of the issuer \`${issuer}\` cannot be read`, error);
    }
  };
  /** One reading at a time, and none shortly after the last one. */
  const read = async (): Promise<void> => {
    if (reading === null && tried !== null && clock() - tried.atMs < readEveryMs) {
      return;
    }
    reading ??= readNow().finally(() => (reading = null));
    await reading;
  };
  const usable = (): KeyFinder | null => (known === null || clock() - known.atMs > keepMs ? null : known.find);

  return async (header, token) => {
    if (usable() === null) {
      await read();
    } else if (known !== null && clock() - known.atMs > renewAfterMs) {
      void read();
    }
    const find = usable();
    if (find === null) {
      throw new IssuerAway(`no keys of \`${issuer}\` are known`);
    }
    try {
      return await find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) {
        throw error;
      }
      await read();
      const renewed = usable();
      if (tried?.hasFailed === true || renewed === null) {
        throw new IssuerAway(`\`${issuer}\` cannot be asked whether it has another key`, { cause: error });
      }
      return await renewed(header, token);
    }
  };
}
