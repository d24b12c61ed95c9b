import { type Finding, isAtLeast } from '../findings/finding.ts';
import type { FindingException } from './finding-state.ts';
import { beyond } from './scope-words.ts';

interface ExceptionVerdict {
  readonly covers: FindingException | null;
  /** Why the newest of them does not; null where there is none. */
  readonly fails: string | null;
}

/** The newest exception that covers all of a finding, or why the newest one does not. */
export function judgeExceptions(
  finding: Finding,
  exceptions: readonly FindingException[],
  at: string,
): ExceptionVerdict {
  let fails: string | null = null;
  for (const exception of exceptions.toSorted((a, b) => (a.approvedAt < b.approvedAt ? 1 : -1))) {
    const why = whyNotCovered(finding, exception, at);
    if (why === null) {
      return { covers: exception, fails: null };
    }
    fails ??= why;
  }
  return { covers: null, fails };
}

/** Null where an exception covers all of a finding. */
export function whyNotCovered(finding: Finding, exception: FindingException, at: string): string | null {
  const { approvedBy, until, severity, scope } = exception;
  if (!isOpenAt(exception, at)) {
    return `The exception that ${approvedBy} approved ended at ${until}`;
  }
  const more = isAtLeast(severity, finding.severity) ? beyond(finding.scope, scope) : `it is ${finding.severity} now`;
  return more === null ? null : `It is more than ${approvedBy} approved: ${more}`;
}

export function isOpenAt({ until }: FindingException, at: string): boolean {
  return Date.parse(until) > Date.parse(at);
}
