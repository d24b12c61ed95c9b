import type { ConfigurationDifference, DifferenceKind } from '../drift/configuration-difference.ts';
import type { PrincipalRef } from '../principal.ts';
import type { FindingInput } from './finding-input.ts';

/** The places of differences in `drift.differences`, of some kinds and about something; empty where none of them is. */
export function differencesOf(
  drift: FindingInput['drift'],
  kinds: readonly DifferenceKind[],
  isAbout: (difference: ConfigurationDifference) => boolean,
): number[] {
  return (drift?.differences ?? []).flatMap((difference, index) =>
    kinds.includes(difference.kind) && isAbout(difference) ? [index] : [],
  );
}

/** About all of these subjects. */
export function aboutAll(...wanted: readonly string[]): (difference: ConfigurationDifference) => boolean {
  return ({ subjects }) => wanted.every((subject) => subjects.includes(subject));
}

/** About one of these subjects. */
export function aboutAny(wanted: readonly string[]): (difference: ConfigurationDifference) => boolean {
  return ({ subjects }) => wanted.some((subject) => subjects.includes(subject));
}

/** How differences call a user or role. */
export function principalSubject({
  kind,
  arn,
  name,
}: Pick<PrincipalRef, 'arn' | 'name'> & { readonly kind: string }): string {
  return `${kind}:${arn.split(':')[4] ?? ''}/${name}`;
}
