import type { PrincipalRef } from '../principal.ts';

/** How an answer names the policies of a caller whose own side was not read. */
export function policiesOf({ arn }: Pick<PrincipalRef, 'arn'>): string {
  return `policies of ${arn}`;
}
