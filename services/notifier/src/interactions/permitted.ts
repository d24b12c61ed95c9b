import { z } from 'zod';
import type { CallSlack } from '../slack/slack-client.ts';
import type { SlackUser } from './interaction.ts';

// https://docs.slack.dev/reference/methods/auth.test
const ownSchema = z.object({ team_id: z.string(), enterprise_id: z.string().nullish() });
const groupSchema = z.object({ users: z.array(z.string()) });

// Whoever leaves a group may approve no longer than this.
const groupMsMax = 60_000;
const nameLengthMax = 80;

export interface Permitted {
  /** Whether somebody is of the workspace of our bot. A channel may be shared with other organizations. */
  isOurs(user: SlackUser): Promise<boolean>;
  mayApprove(user: SlackUser): Promise<boolean>;
}

/**
 * Tells who may do what. `approvers` are ids of users or of user groups. Both answers throw where Slack cannot be asked: who
 * somebody is, is never guessed.
 */
export function permitted(
  call: CallSlack,
  { approvers, now }: { readonly approvers: readonly string[]; readonly now: () => Date },
): Permitted {
  let own: z.output<typeof ownSchema> | null = null;
  const groups = new Map<string, { readonly users: readonly string[]; readonly readAt: number }>();
  const isOurs = async ({ teamId }: SlackUser): Promise<boolean> => {
    own ??= ownSchema.parse(await call('auth.test', {}));
    return teamId === own.team_id || (typeof own.enterprise_id === 'string' && teamId === own.enterprise_id);
  };
  const usersOf = async (usergroup: string): Promise<readonly string[]> => {
    const known = groups.get(usergroup);
    if (known !== undefined && now().getTime() - known.readAt < groupMsMax) {
      return known.users;
    }
    const { users } = groupSchema.parse(await call('usergroups.users.list', { usergroup }));
    groups.set(usergroup, { users, readAt: now().getTime() });
    return users;
  };
  return {
    isOurs,
    mayApprove: async (user) => {
      if (!(await isOurs(user))) {
        return false;
      }
      if (approvers.includes(user.id)) {
        return true;
      }
      const lists = await Promise.all(approvers.filter(isGroup).map(usersOf));
      return lists.some((users) => users.includes(user.id));
    },
  };
}

/** As it is recorded: the ids say who, the name helps people to read it. */
export function whoIs({ id, teamId, name }: SlackUser): string {
  const shown = name
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}()]+/gu, '')
    .toWellFormed()
    .slice(0, nameLengthMax)
    .toWellFormed();
  return shown === '' ? `slack:${teamId}/${id}` : `slack:${teamId}/${id} (${shown})`;
}

/** Ids of user groups begin with S, those of people with U or W. */
function isGroup(approver: string): boolean {
  return approver.startsWith('S');
}
