/** Why a credential lets nobody in. `why` is for the log; it holds nothing of the credential. */
export interface Refused {
  readonly kind: 'refused';
  readonly code: 'credentialInvalid' | 'credentialExpired' | 'issuerUnavailable';
  readonly why: string;
}
