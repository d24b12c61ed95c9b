import type { z } from 'zod';
import type { authorizationDetailsSchema } from '../snapshot/schemas.ts';
import { isAlike } from './alike.ts';

export type AuthorizationDetails = z.output<typeof authorizationDetailsSchema>;

/** ARNs of users, roles, groups and managed policies of which two answers of IAM say the very same: no fact about them differs. */
export function alikeHolders(before: AuthorizationDetails, after: AuthorizationDetails): ReadonlySet<string> {
  const earlier = byArn(before);
  return new Set([...byArn(after)].flatMap(([arn, each]) => (isAlike(each, earlier.get(arn)) ? [arn] : [])));
}

/** One that is listed twice is left out: which of the two a fact is about is not told here. */
function byArn(details: AuthorizationDetails): ReadonlyMap<string, object> {
  const lists = [details.UserDetailList, details.RoleDetailList, details.GroupDetailList, details.Policies];
  const found = new Map<string, object>();
  const twice = new Set<string>();
  for (const each of lists.flat()) {
    if (found.has(each.Arn)) {
      twice.add(each.Arn);
    }
    found.set(each.Arn, each);
  }
  twice.forEach((arn) => found.delete(arn));
  return found;
}
