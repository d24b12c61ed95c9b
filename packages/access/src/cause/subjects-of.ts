import type { ConfigurationDifference } from '../drift/configuration-difference.ts';

/** The subject of a kind, such as `role:111122223333/deploy`; null where the difference names none. */
export function subjectOf({ subjects }: ConfigurationDifference, ...kinds: readonly string[]): string | null {
  return subjects.find((subject) => kinds.includes(kindOf(subject))) ?? null;
}

export function kindOf(subject: string): string {
  return subject.slice(0, subject.indexOf(':'));
}

/** What stands behind the kind: an ARN, an id, or `ACCOUNT/NAME`. */
export function restOf(subject: string): string {
  return subject.slice(subject.indexOf(':') + 1);
}

/** The name without its account. */
export function nameOf(subject: string): string {
  const rest = restOf(subject);
  return rest.slice(rest.indexOf('/') + 1);
}
