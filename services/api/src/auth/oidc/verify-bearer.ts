import { decodeJwt, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Identity } from '../caller.ts';
import type { Refused } from '../refused.ts';
import { grantsOfClaims, type IssuerSettings } from './grants-of-claims.ts';
import { IssuerAway } from './issuer-keys.ts';

/** An issuer whose tokens are taken, with where its keys are. */
export interface Issuer {
  readonly settings: IssuerSettings;
  readonly keys: JWTVerifyGetKey;
}

const subjectLengthMax = 300;

/**
 * Who a bearer token of an issuer stands for.
 *
 * The issuer decides which keys and which algorithms count, and only asymmetric ones can be configured: so neither `none` nor a
 * signature by what everybody may know, the public key taken as a secret, is ever looked at.
 * https://www.rfc-editor.org/rfc/rfc8725
 */
export async function verifyBearer(
  token: string,
  { issuers, now }: { readonly issuers: readonly Issuer[]; readonly now: Date },
): Promise<Identity | Refused> {
  try {
    const claimed = decodeJwt(token).iss;
    const issuer = issuers.find(({ settings }) => settings.issuer === claimed);
    if (issuer === undefined) {
      return { kind: 'refused', code: 'credentialInvalid', why: 'no issuer that is configured made it' };
    }
    const { settings, keys } = issuer;
    const { payload } = await jwtVerify(token, keys, {
      issuer: settings.issuer,
      audience: [...settings.audiences],
      algorithms: [...settings.algorithms],
      clockTolerance: settings.clockToleranceSeconds,
      currentDate: now,
      requiredClaims: ['exp', 'sub'],
    });
    const { sub = '' } = payload;
    if (sub === '' || sub.length > subjectLengthMax) {
      return { kind: 'refused', code: 'credentialInvalid', why: 'its subject is empty or too long' };
    }
    return {
      kind: 'oidc',
      id: `${settings.issuer} ${sub}`,
      name: nameIn(payload) ?? sub,
      grants: grantsOfClaims(payload, settings),
    };
  } catch (error) {
    return refusedFor(error);
  }
}

/** How people know each other, where the token says it. */
function nameIn(claims: Readonly<Record<string, unknown>>): string | null {
  const said = [claims['email'], claims['preferred_username'], claims['client_id']].find(
    (value) => typeof value === 'string' && value !== '' && value.length <= subjectLengthMax,
  );
  return typeof said === 'string' ? said : null;
}

function refusedFor(error: unknown): Refused {
  if (error instanceof IssuerAway) {
    return { kind: 'refused', code: 'issuerUnavailable', why: error.message };
  }
  if (error instanceof errors.JWTExpired) {
    return { kind: 'refused', code: 'credentialExpired', why: 'its time is over' };
  }
  if (error instanceof errors.JOSEError) {
    // Its code says which check failed, and nothing of what the token holds.
    return { kind: 'refused', code: 'credentialInvalid', why: error.code };
  }
  throw error;
}
