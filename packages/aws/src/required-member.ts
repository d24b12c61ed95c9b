/** An answer of status 200 that lacks a member which AWS always sends; a proxy or another endpoint may have given it. */
export class IncompleteAnswer extends Error {
  constructor(member: string) {
    super(`the answer holds no \`${member}\``);
    this.name = 'IncompleteAnswer';
  }
}

/**
 * Gives a member that AWS sends even where it is empty. Throws `IncompleteAnswer`, which `attempt` turns into a gap.
 *
 * The SDK reads an empty body as an answer without members; taken for an empty list, it would end all access at once.
 */
export function requiredMember<T>(member: string, value: T | undefined): T {
  if (value === undefined) {
    throw new IncompleteAnswer(member);
  }
  return value;
}
