import {
  acknowledgeFinding,
  addExceptionAsSeen,
  findFindingStates,
  type FindingWithException,
  type Store,
} from '@ecr-audit/store';
import { type Block, prose, textBlocks } from '../slack/rich-text.ts';
import type { CallSlack } from '../slack/slack-client.ts';
import { approvalWindow, approvedUntil, reasonLengthMax } from './approve-view.ts';
import { explainBlocks } from './explain-blocks.ts';
import { approveView, type Interaction, type SlackUser } from './interaction.ts';
import { type Permitted, whoIs } from './permitted.ts';

// A window that was open for longer shows a finding of yesterday.
const windowOpenMsMax = 24 * 60 * 60_000;
const clockSkewMsMax = 5 * 60_000;

/** What somebody is told: in the channel where only they see it, beside the reason in the window, or nothing. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'said'; readonly blocks: readonly Block[]; readonly text: string }
  | { readonly kind: 'reasonRefused'; readonly text: string };

export interface Acting {
  readonly store: Store;
  readonly call: CallSlack;
  readonly permitted: Permitted;
  readonly now: () => Date;
}

/** Does what somebody asked for. Twice is once: every step answers the second time as it did the first. */
export async function act(interaction: Interaction, acting: Acting): Promise<Outcome> {
  if (!(await acting.permitted.isOurs(interaction.user))) {
    return said('Only members of the workspace of this app can do that.');
  }
  if (interaction.kind === 'submission') {
    return await approve(interaction, acting);
  }
  switch (interaction.action) {
    case 'acknowledge':
      return await acknowledge(interaction, acting);
    case 'approve':
      return await openWindow(interaction, acting);
    case 'explain': {
      const found = await findingOf(acting.store, interaction.about);
      return found === null
        ? unknownFinding
        : { kind: 'said', text: found.state.finding.title, blocks: explainBlocks(found) };
    }
  }
}

type Click = Extract<Interaction, { readonly kind: 'click' }>;

async function acknowledge({ about, user }: Click, { store, now }: Acting): Promise<Outcome> {
  const state = await acknowledgeFinding(store, { ...about, by: whoIs(user), at: now().toISOString() });
  if (state === null) {
    return unknownFinding;
  }
  if (state.status !== 'active') {
    return said(`It is ${state.status}: nobody has to look after it.`);
  }
  // The message itself says so in a moment; only somebody else's name is news.
  return state.acknowledged?.by === whoIs(user)
    ? { kind: 'done' }
    : said(`${state.acknowledged?.by ?? 'Somebody'} looks after it already.`);
}

async function openWindow(click: Click, { store, call, permitted, now }: Acting): Promise<Outcome> {
  const { about, user, triggerId, channel } = click;
  if (!(await permitted.mayApprove(user))) {
    return mayNotApprove(user);
  }
  const found = await findingOf(store, about);
  if (found === null) {
    return unknownFinding;
  }
  const { finding, status, changedAt } = found.state;
  if (status !== 'active') {
    return said(`It is ${status}: there is nothing to approve.`);
  }
  await call('views.open', {
    trigger_id: triggerId,
    view: approvalWindow(finding, { ...about, channel, seenChangedAt: changedAt, openedAt: now().toISOString() }),
  });
  return { kind: 'done' };
}

async function approve(
  { submitted, reason: given, user }: Extract<Interaction, { readonly kind: 'submission' }>,
  { store, permitted, now }: Acting,
): Promise<Outcome> {
  // Who may is asked again: the window may have been open for a day.
  if (!(await permitted.mayApprove(user))) {
    return refused('You are not among those who may approve.');
  }
  const reason = given.trim();
  if (reason === '' || reason.length > reasonLengthMax) {
    return refused(`Say why, in at most ${reasonLengthMax} characters.`);
  }
  const { fingerprint, targetKey, seenChangedAt, openedAt } = submitted;
  const openMs = now().getTime() - Date.parse(openedAt);
  if (openMs > windowOpenMsMax || openMs < -clockSkewMsMax) {
    return refused('This window was open for too long: close it, and open it again.');
  }
  const added = await addExceptionAsSeen(store, {
    targetKey,
    fingerprint,
    approvedBy: whoIs(user),
    reason,
    until: approvedUntil(openedAt),
    at: now().toISOString(),
    source: 'slack',
    seenChangedAt,
  });
  switch (added) {
    case null:
      return refused('There is no such finding any more.');
    case 'changed':
      return refused('The finding changed while this window was open: close it, and look at it again.');
    default:
      return { kind: 'done' };
  }
}

async function findingOf(
  store: Store,
  { fingerprint, targetKey }: { readonly fingerprint: string; readonly targetKey: string },
): Promise<FindingWithException | null> {
  const [found] = await findFindingStates(store.sql, [fingerprint], targetKey);
  return found ?? null;
}

function mayNotApprove(user: SlackUser): Outcome {
  return said(
    `You (\`${user.id}\`) are not among those who may approve. Ask one of them, or whoever runs ecr-audit to add you to \`ECR_AUDIT_SLACK_APPROVERS\`.`,
  );
}

export function said(text: string): Extract<Outcome, { readonly kind: 'said' }> {
  return { kind: 'said', text, blocks: textBlocks([prose(text)]) };
}

const unknownFinding = said('There is no such finding any more.');

function refused(text: string): Outcome {
  return { kind: 'reasonRefused', text };
}

/** The answer to a window, in Slack's words. https://docs.slack.dev/surfaces/modals#displaying_errors */
export function refusalOf(text: string): object {
  return { response_action: 'errors', errors: { [approveView.reasonBlock]: text } };
}
