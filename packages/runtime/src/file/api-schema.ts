import { z } from 'zod';
import * as leaf from './leaves.ts';

/*
 * Who may ask the API. Tokens are made by `ecr-audit tokens`; here stands whose bearer tokens are taken besides, and what those
 * may. Nothing here is secret: an issuer shows its keys to everybody.
 */

const scopes = ['read', 'operate', 'admin'] as const;
// Signatures by a key that only the issuer has. `none` and the HS family, whose key the API would share, cannot be named.
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;

const urlMax = 500;
const issuerExpected = 'the `https` address of an issuer, as its tokens name it';
const originExpected = 'an origin such as `https://dashboards.example.com`';
const claimExpected = 'the name of a claim, or a list of names that lead to it';
const valueExpected = 'a value of the claim';

const claimName = z
  .string({ error: claimExpected })
  .min(1, { error: claimExpected })
  .max(200, { error: claimExpected });
const claim = z.union(
  [claimName, z.array(claimName).min(1, { error: claimExpected }).max(5, { error: claimExpected })],
  {
    error: claimExpected,
  },
);

const grant = leaf.mapOf({
  claim: claim.describe('Which claim decides, `groups`; a list leads into claims within claims.'),
  values: leaf
    .listOf(
      z.string({ error: valueExpected }).min(1, { error: valueExpected }).max(500, { error: valueExpected }),
      'a list of values',
    )
    .min(1, { error: 'a value at least' })
    .describe('One of these; letter by letter. Of the claim `scope` each word is a value.'),
  scope: z
    .enum(scopes, { error: scopes.map((scope) => `\`${scope}\``).join(', ') })
    .describe('What they may: `admin` includes `operate`, and that `read`.'),
  accounts: z
    .union([z.literal('all'), leaf.accountIds.min(1), leaf.mapOf({ fromClaim: claim })], {
      error: '`all`, a list of account ids, or `{ fromClaim: NAME }`',
    })
    .default('all')
    .describe('Whose data they see: of all accounts, of these, or of those that a claim lists.'),
});

const issuer = leaf.mapOf({
  issuer: z
    .string({ error: issuerExpected })
    .max(urlMax, { error: issuerExpected })
    .refine(isIssuer, { error: issuerExpected })
    .describe('Its keys are found through `/.well-known/openid-configuration` below it.'),
  audiences: leaf
    .listOf(z.string({ error: 'an audience' }).min(1, { error: 'an audience' }).max(urlMax), 'a list of audiences')
    .min(1, { error: 'an audience at least' })
    .describe('A token has to be meant for one of these.'),
  algorithms: leaf
    .listOf(
      z.enum(algorithms, { error: `one of ${algorithms.map((each) => `\`${each}\``).join(', ')}` }),
      'a list of algorithms',
    )
    .min(1, { error: 'an algorithm at least' })
    .default(['RS256', 'PS256', 'ES256', 'EdDSA'])
    .describe('By which tokens may be signed.'),
  clockToleranceSeconds: leaf.wholeNumber(0, 300).default(30).describe('How far its clock may be off.'),
  grants: leaf
    .listOf(grant, 'a list of grants')
    .min(1, { error: 'a grant at least' })
    .describe('What its tokens may. A token may what any of them gives it, and nothing where none does.'),
});

export const api = leaf
  .mapOf({
    authentication: z
      .enum(['on', 'off'], { error: '`on` or `off`' })
      .default('on')
      .describe('`off` only where the API listens on a loopback address.'),
    issuers: leaf
      .listOf(issuer, 'a list of issuers', 10)
      .default([])
      .describe('Issuers of OpenID Connect whose bearer tokens are taken, beside the tokens of `ecr-audit tokens`.'),
    requestsPerSecond: leaf.wholeNumber(1, 100_000).default(50).describe('Of one credential, for a longer time.'),
    requestsAtOnce: leaf.wholeNumber(1, 100_000).default(200).describe('Of one credential that was silent before.'),
    origins: leaf
      .listOf(
        z.string({ error: originExpected }).max(urlMax).refine(isOrigin, { error: originExpected }),
        'a list of origins',
      )
      .default([])
      .describe('Whose pages may ask from within a browser. Without any no other page may.'),
  })
  .prefault({})
  .describe('Who may ask the API.');

export type ApiContent = z.output<typeof api>;

function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && isTrusted(url) && url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  );
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && ['https:', 'http:'].includes(url.protocol) && url.origin === text;
}

/** Keys that came over a line which others may write to would let anybody in; nobody is between us and this machine. */
function isTrusted({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname));
}
