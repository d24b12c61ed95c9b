import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';

/** How documents are fetched; `fetch` of the platform. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

// Sets of keys have some kilobytes, and an issuer that takes seconds is as good as away.
const bytesMax = 256 * 1024;
const timeoutMs = 5_000;

const discoverySchema = z.looseObject({ issuer: z.string(), jwks_uri: z.string() });
const keysSchema = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })) });

/**
 * The keys by which an issuer signs, through its discovery document.
 *
 * Throws where anything of that cannot be had, or names another issuer. Redirects are not followed: they could lead anywhere.
 *
 * https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation
 */
export async function readKeys(issuer: string, fetch: Fetch): Promise<JSONWebKeySet> {
  const place = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const found = discoverySchema.parse(await readJson(place, fetch));
  if (found.issuer !== issuer) {
    throw new Error('the discovery document names another issuer');
  }
  const keysAt = new URL(found.jwks_uri);
  // Only an issuer that is named as `http`, which configuration allows for this machine alone, may have its keys so.
  if (keysAt.protocol !== 'https:' && new URL(issuer).protocol === 'https:') {
    throw new Error('the discovery document names keys that come over an open line');
  }
  const { keys } = keysSchema.parse(await readJson(keysAt.href, fetch));
  // Secrets shared with the issuer have no place there; a key of one would let anybody sign who can read it.
  return { keys: keys.filter(({ kty }) => kty !== 'oct') };
}

async function readJson(url: string, fetch: Fetch): Promise<unknown> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`\`${url}\` answered ${response.status}`);
  }
  return JSON.parse(await boundedText(response, url));
}

async function boundedText(response: Response, url: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) {
      throw new Error(`\`${url}\` answered more than ${bytesMax} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
