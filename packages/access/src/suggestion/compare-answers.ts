import type { AccessAnswer, Residual } from '../answer.ts';
import { isAccess } from '../answer.ts';

/** Null stands for a denial, as in the profiles. */
type Answer = Pick<AccessAnswer, 'decision' | 'residual'> | null | undefined;

/**
 * Whether one answer certainly gives no more than another: in no request does it allow what the other does not. What
 * cannot be shown is not assumed.
 */
export function givesNoMore(one: Answer, other: Answer): boolean {
  if (one === null || one === undefined || !isAccess(one)) {
    return true;
  }
  if (other === null || other === undefined || !isAccess(other)) {
    return false;
  }
  if (other.decision === 'allowed') {
    return true;
  }
  if (one.decision !== other.decision) {
    return one.decision === 'conditional' && other.decision === 'unknown' && implied(one.residual, other.residual);
  }
  return implied(one.residual, other.residual);
}

function implied(one: Residual | null, other: Residual | null): boolean {
  return one === null || other === null ? one === other : implies(one, other);
}

/** Sound, not complete: the parts of both are compared, and leaves only as they are written. */
function implies(one: Residual, other: Residual): boolean {
  if ('all' in other) {
    return other.all.every((part) => implies(one, part));
  }
  if ('any' in one) {
    return one.any.every((part) => implies(part, other));
  }
  if ('any' in other && other.any.some((part) => implies(one, part))) {
    return true;
  }
  if ('all' in one && one.all.some((part) => implies(part, other))) {
    return true;
  }
  return JSON.stringify(one) === JSON.stringify(other);
}
