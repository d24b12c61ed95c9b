import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey } from 'jose';

export const audience = 'ecr-audit';

interface Key {
  readonly kid: string;
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
}

export interface TestIssuer {
  readonly url: string;
  /** How often its keys were read. */
  reads(): number;
  /** What it answers from now on. */
  behave(how: 'well' | 'away' | 'asAnother' | 'redirects'): void;
  /** Signs with a new key from now on; `keepsOld` shows the one before, too. */
  rotate(options: { readonly keepsOld: boolean }): Promise<void>;
  /** A token by its present key. Claims that are undefined are left out. */
  sign(claims?: Readonly<Record<string, unknown>>, header?: Readonly<Record<string, string>>): Promise<string>;
  /** Its present public key, as text. */
  publicKeyText(): Promise<string>;
  stop(): Promise<void>;
}

/** An issuer of OpenID Connect on this machine, `nowSeconds` is the time of its tokens. */
export async function startIssuer(nowSeconds: number): Promise<TestIssuer> {
  let keys = [await newKey(1)];
  let how: Parameters<TestIssuer['behave']>[0] = 'well';
  let reads = 0;
  let made = 1;
  let url = '';
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      if (how === 'away') {
        response.writeHead(503).end();
      } else if (request.url === '/.well-known/openid-configuration') {
        const issuer = how === 'asAnother' ? `${url}/other` : url;
        response.end(JSON.stringify({ issuer, jwks_uri: `${url}/keys` }));
      } else if (request.url === '/keys' && how === 'redirects') {
        response.writeHead(302, { location: `${url}/elsewhere` }).end();
      } else {
        reads += 1;
        const shown = await Promise.all(
          keys.map(async ({ kid, publicKey }) => ({ ...(await exportJWK(publicKey)), kid })),
        );
        response.end(JSON.stringify({ keys: shown }));
      }
    };
    void answer();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const present = (): Key => {
    const [key] = keys;
    if (key === undefined) {
      throw new Error('an issuer has a key');
    }
    return key;
  };
  return {
    url,
    reads: () => reads,
    behave: (next) => void (how = next),
    rotate: async ({ keepsOld }) => {
      made += 1;
      keys = [await newKey(made), ...(keepsOld ? keys : [])];
    },
    sign: async (claims = {}, header = {}) => {
      const { kid, privateKey } = present();
      const all = {
        iss: url,
        aud: audience,
        sub: 'anna',
        iat: nowSeconds,
        exp: nowSeconds + 600,
        groups: ['readers'],
        ...claims,
      };
      const said = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
      return await new SignJWT(said).setProtectedHeader({ alg: 'ES256', kid, ...header }).sign(privateKey);
    },
    publicKeyText: async () => await exportSPKI(present().publicKey),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function newKey(number: number): Promise<Key> {
  return { kid: `key-${number}`, ...(await generateKeyPair('ES256', { extractable: true })) };
}
