import { lookup as resolveName, type LookupAddress, type LookupAllOptions } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { AddressGuard } from './address-guard.ts';

const timeoutMsDefault = 10_000;
// Enough for a word such as `no_service`.
const answerBytesMax = 1_024;

/**
 * Asks for all addresses of a name.
 *
 * @internal exported for the test, which answers in its place
 */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  answer: (error: Error | null, addresses: readonly LookupAddress[]) => void,
) => void;

export interface PostOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isAllowed: AddressGuard;
  readonly timeoutMs?: number;
  /** The resolver of the system where nothing is said. */
  readonly resolve?: Resolve;
}

export interface PostAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
}

/** The address, or one of those that the name stands for, may not be connected to. */
export class AddressRefusedError extends Error {
  override readonly name = 'AddressRefusedError';
}

/**
 * Posts to a URL whose address is allowed, on a connection of its own. Redirects are answers like others.
 *
 * The connection goes to the very address that was checked: a name that answers otherwise a moment later gains nothing.
 * Throws `AddressRefusedError`, and what the network throws.
 */
export async function guardedPost(url: URL, options: PostOptions): Promise<PostAnswer> {
  const { headers, body, isAllowed, timeoutMs = timeoutMsDefault, resolve = resolveName } = options;
  const literal = url.hostname.replace(/^\[(.*)\]$/, '$1');
  // An address that is written as one is not looked up.
  if (isIP(literal) !== 0 && !isAllowed(literal)) {
    throw refused(literal);
  }
  return await new Promise((succeed, fail) => {
    const request = (url.protocol === 'https:' ? https : http).request(
      url,
      {
        method: 'POST',
        agent: false,
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
        lookup: guardedLookup(isAllowed, resolve),
        signal: AbortSignal.timeout(timeoutMs),
      },
      (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        const finish = (): void =>
          succeed({
            status: response.statusCode ?? 0,
            retryAfter: response.headers['retry-after'] ?? null,
            text: Buffer.concat(chunks).toString('utf8').slice(0, answerBytesMax),
          });
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          chunks.push(chunk);
          if (size > answerBytesMax) {
            finish();
            request.destroy();
          }
        });
        response.on('end', finish);
        response.on('error', fail);
      },
    );
    request.on('error', fail);
    request.end(body);
  });
}

function guardedLookup(isAllowed: AddressGuard, resolve: Resolve): LookupFunction {
  return (hostname, options, answer) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        answer(error, '', 0);
        return;
      }
      // One that is refused spoils the name: it is not for us to choose which of its answers was meant.
      const bad = addresses.find(({ address }) => !isAllowed(address));
      const [first] = addresses;
      if (bad !== undefined || first === undefined) {
        answer(refused(bad?.address ?? 'no address'), '', 0);
      } else if (options.all === true) {
        answer(null, [...addresses]);
      } else {
        answer(null, first.address, first.family);
      }
    });
  };
}

function refused(address: string): AddressRefusedError {
  return new AddressRefusedError(
    `the receiver is at \`${address}\`, which is not an address of the internet or an allowed one`,
  );
}
