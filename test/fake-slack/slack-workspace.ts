import { problemsOfBlocks, problemsOfView, textOf } from './check-blocks.ts';

export const ownTeam = 'T0OWN';
export const approverGroup = 'S0APPROVERS';

type Fields = Readonly<Record<string, unknown>>;

interface Posted {
  readonly ts: string;
  readonly threadTs: string | null;
  readonly fields: Fields;
  readonly edits: number;
}

/** What is in the channels of the fake Slack. */
export interface SlackWorkspace {
  /** Answers a method of the API as Slack does, and takes what it is given. */
  answer(method: string, fields: Fields): object;
  /** The messages as people read them, in order, each with its thread. Deleted ones are not there. */
  channel(): readonly { readonly text: string; readonly edits: number; readonly thread: readonly string[] }[];
  /** What single people were told, as they read it. */
  ephemeral(): readonly { readonly user: string; readonly text: string }[];
  /** Windows that were opened. */
  views(): readonly Fields[];
  /** What Slack would have refused. */
  problems(): readonly string[];
  /** Throws where Slack would have refused anything. */
  checkTaken(): void;
  deleteMessages(): void;
  groupMembers: readonly string[];
}

/** A workspace with one channel. */
export function slackWorkspace(): SlackWorkspace {
  const posted = new Map<string, Posted>();
  const told: { user: string; text: string }[] = [];
  const views: Fields[] = [];
  const problems: string[] = [];
  let place = 0;
  const refused = (found: readonly string[]): object => {
    problems.push(...found);
    return { ok: false, error: 'invalid_blocks', response_metadata: { messages: found } };
  };
  const methods: Readonly<Record<string, (fields: Fields) => object>> = {
    'chat.postMessage': (fields) => {
      const found = problemsOfBlocks(fields['blocks']);
      if (found.length > 0) {
        return refused(found);
      }
      const threadTs = typeof fields['thread_ts'] === 'string' ? fields['thread_ts'] : null;
      if (threadTs !== null && !posted.has(threadTs)) {
        return { ok: false, error: 'thread_not_found' };
      }
      place += 1;
      const ts = `1700000000.${String(place).padStart(6, '0')}`;
      posted.set(ts, { ts, threadTs, fields, edits: 0 });
      return { ok: true, channel: 'C0123456789', ts };
    },
    'chat.update': (fields) => {
      const ts = String(fields['ts']);
      const before = posted.get(ts);
      if (before === undefined) {
        return { ok: false, error: 'message_not_found' };
      }
      const found = problemsOfBlocks(fields['blocks']);
      if (found.length > 0) {
        return refused(found);
      }
      posted.set(ts, { ...before, fields, edits: before.edits + 1 });
      return { ok: true, channel: 'C0123456789', ts };
    },
    'chat.postEphemeral': (fields) => {
      const found = problemsOfBlocks(fields['blocks']);
      if (found.length > 0) {
        return refused(found);
      }
      told.push({ user: String(fields['user']), text: textOf(fields['blocks']) });
      return { ok: true, message_ts: '1700000000.999999' };
    },
    'views.open': (fields) => {
      const view = asFields(fields['view']);
      const found = problemsOfView(view);
      if (found.length > 0) {
        return refused(found);
      }
      views.push(view);
      return { ok: true, view: { id: `V${views.length}` } };
    },
    'auth.test': () => ({ ok: true, team_id: ownTeam, user_id: 'U0BOT' }),
    'usergroups.users.list': (fields) =>
      fields['usergroup'] === approverGroup
        ? { ok: true, users: workspace.groupMembers }
        : { ok: false, error: 'no_such_subteam' },
  };
  const workspace: SlackWorkspace = {
    answer: (method, fields) => methods[method]?.(fields) ?? { ok: false, error: 'unknown_method' },
    channel: () =>
      [...posted.values()]
        .filter(({ threadTs }) => threadTs === null)
        .map(({ ts, fields, edits }) => ({
          text: textOf(fields['blocks']),
          edits,
          thread: [...posted.values()]
            .filter(({ threadTs }) => threadTs === ts)
            .map((reply) => textOf(reply.fields['blocks'])),
        })),
    ephemeral: () => told,
    views: () => views,
    problems: () => problems,
    checkTaken: () => {
      if (problems.length > 0) {
        throw new Error(`Slack would refuse: ${problems.join('; ')}`);
      }
    },
    deleteMessages: () => posted.clear(),
    groupMembers: [],
  };
  return workspace;
}

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
