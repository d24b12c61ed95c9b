import { createHash } from 'node:crypto';

/** The organization's accounts, and three that are not its own. */
export const accountIds = {
  management: '111122223333',
  security: '222233334444',
  registry: '333344445555',
  production: '444455556666',
  staging: '555566667777',
  sandbox: '666677778888',
  /** A company that was bought in autumn; the auditor role is not rolled out there yet. */
  acquired: '777788889999',
  /** The customs broker, a partner with a contract. */
  customsBroker: '888899990000',
  /** A translation agency that somebody let in during the week. */
  agency: '999900001111',
} as const;

export const organizationId = 'o-lk7parcel42';

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

type UniqueIdPrefix = 'AIDA' | 'AGPA' | 'AROA' | 'ANPA' | 'AIPA';

/** AWS's unique id of a thing: 21 characters that are never used again, even when the name is. */
export function uniqueId(prefix: UniqueIdPrefix, arn: string, generation = 1): string {
  return prefix + base32Of(`${prefix} ${arn} ${generation}`, 17);
}

export function roleId(arn: string, generation = 1): string {
  return uniqueId('AROA', arn, generation);
}

/** Ends like the key ids of AWS's own examples, so that nobody takes it for a real one. */
export function temporaryAccessKeyId(seed: string): string {
  return `ASIA${base32Of(seed, 9)}EXAMPLE`;
}

export function userAccessKeyId(userArn: string): string {
  return `AKIA${base32Of(userArn, 9)}EXAMPLE`;
}

export function uuid(seed: string): string {
  const hex = hexOf(seed);
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
}

export function digest(seed: string): string {
  return `sha256:${hexOf(seed)}`;
}

/** A whole number from 0 up to, not including, `limit`. */
export function numberBelow(limit: number, seed: string): number {
  return Number.parseInt(hexOf(seed).slice(0, 8), 16) % limit;
}

export function hexOf(seed: string): string {
  return createHash('sha256').update(seed).digest('hex');
}

function base32Of(seed: string, length: number): string {
  const bytes = createHash('sha256').update(seed).digest().subarray(0, length);
  return [...bytes].map((byte) => base32.charAt(byte % base32.length)).join('');
}
