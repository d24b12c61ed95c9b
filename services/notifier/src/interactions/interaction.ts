import { z } from 'zod';
import { type About, aboutOf, actionIds, type ActionKind } from '../slack/buttons.ts';

export const approveView = { callbackId: 'ecr_audit_approve', reasonBlock: 'reason', reasonAction: 'reason' } as const;

const id = z.string().regex(/^[A-Z0-9]{1,40}$/);
const userSchema = z.object({
  id,
  team_id: id.nullish(),
  name: z.string().nullish(),
  username: z.string().nullish(),
});
const commonShape = { user: userSchema, team: z.object({ id }).nullish() };

// https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
const clickSchema = z.object({
  ...commonShape,
  type: z.literal('block_actions'),
  trigger_id: z.string().min(1).max(500),
  channel: z.object({ id }).nullish(),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().nullish() })).length(1),
});
// https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
const submissionSchema = z.object({
  ...commonShape,
  type: z.literal('view_submission'),
  view: z.object({
    callback_id: z.literal(approveView.callbackId),
    private_metadata: z.string().max(3_000),
    state: z.object({
      values: z.object({
        [approveView.reasonBlock]: z.object({
          [approveView.reasonAction]: z.object({ value: z.string().max(3_000).nullish() }),
        }),
      }),
    }),
  }),
});
const submittedSchema = z.object({
  fingerprint: z.string(),
  targetKey: z.string(),
  channel: id.nullable(),
  seenChangedAt: z.iso.datetime({ offset: true }),
  openedAt: z.iso.datetime({ offset: true }),
});

/** Who clicked, as Slack says it. */
export interface SlackUser {
  readonly id: string;
  readonly teamId: string;
  readonly name: string;
}

/** What the window for an approval keeps until it comes back. */
export type Submitted = z.output<typeof submittedSchema>;

/** What somebody did in Slack. */
export type Interaction =
  | {
      readonly kind: 'click';
      readonly action: ActionKind;
      readonly about: About;
      readonly user: SlackUser;
      readonly triggerId: string;
      /** Null where there is none to answer in. */
      readonly channel: string | null;
    }
  | { readonly kind: 'submission'; readonly submitted: Submitted; readonly reason: string; readonly user: SlackUser };

/** Reads what Slack sent; null where it is nothing that we offered. */
export function readInteraction(body: string): Interaction | null {
  const payload = jsonOf(new URLSearchParams(body).get('payload') ?? '');
  const click = clickSchema.safeParse(payload);
  if (click.success) {
    const [action] = click.data.actions;
    const kind = actionKinds.get(action?.action_id ?? '');
    const about = aboutOf(action?.value ?? '');
    const user = userOf(click.data);
    return kind === undefined || about === null || user === null
      ? null
      : {
          kind: 'click',
          action: kind,
          about,
          user,
          triggerId: click.data.trigger_id,
          channel: click.data.channel?.id ?? null,
        };
  }
  const submission = submissionSchema.safeParse(payload);
  if (!submission.success) {
    return null;
  }
  const { private_metadata: metadata, state } = submission.data.view;
  const submitted = submittedSchema.safeParse(jsonOf(metadata));
  const user = userOf(submission.data);
  const reason = state.values[approveView.reasonBlock][approveView.reasonAction].value ?? '';
  return submitted.success && user !== null ? { kind: 'submission', submitted: submitted.data, reason, user } : null;
}

const actionKinds: ReadonlyMap<string, ActionKind> = new Map([
  [actionIds.acknowledge, 'acknowledge'],
  [actionIds.approve, 'approve'],
  [actionIds.explain, 'explain'],
]);

/** The workspace is the user's own: in a channel that is shared with another organization theirs differs from ours. */
function userOf({
  user,
  team,
}: {
  readonly user: z.output<typeof userSchema>;
  readonly team?: { readonly id: string } | null | undefined;
}): SlackUser | null {
  const teamId = user.team_id ?? team?.id;
  return teamId === undefined ? null : { id: user.id, teamId, name: user.name ?? user.username ?? '' };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
