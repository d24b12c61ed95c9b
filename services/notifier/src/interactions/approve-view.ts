import type { Finding } from '@ecr-audit/access';
import { type Block, bold, code, prose, textBlocks } from '../slack/rich-text.ts';
import { approveView, type Submitted } from './interaction.ts';

export const reasonLengthMax = 1_000;
const approvalDays = 30;

/** The window in which somebody says why a finding is approved. https://docs.slack.dev/reference/views/modal-views */
export function approvalWindow(finding: Finding, submitted: Submitted): object {
  return {
    type: 'modal',
    callback_id: approveView.callbackId,
    private_metadata: JSON.stringify(submitted),
    title: plain('Approve for 30 days'),
    submit: plain('Approve'),
    close: plain('Cancel'),
    blocks: [
      ...aboutFinding(finding),
      {
        type: 'input',
        block_id: approveView.reasonBlock,
        label: plain('Why is this all right?'),
        element: {
          type: 'plain_text_input',
          action_id: approveView.reasonAction,
          multiline: true,
          min_length: 1,
          max_length: reasonLengthMax,
        },
        optional: false,
      },
    ],
  };
}

/** The window after it: what became of it, where it stays open. */
export function noticeWindow(text: string): object {
  return {
    type: 'modal',
    title: plain('Approve for 30 days'),
    close: plain('Close'),
    blocks: textBlocks([prose(text)]),
  };
}

/** Until the end of the thirtieth day after the window was opened, UTC: the same, however often it is sent. */
export function approvedUntil(openedAt: string): string {
  const end = new Date(openedAt);
  end.setUTCDate(end.getUTCDate() + approvalDays);
  end.setUTCHours(23, 59, 59, 0);
  return end.toISOString();
}

function aboutFinding({ title, what, severity, resource, repositories }: Finding): readonly Block[] {
  return textBlocks([
    [...bold(title)],
    prose(`${severity.toUpperCase()}: ${what}`),
    [...prose('Where: '), ...code(resource)],
    ...(repositories.count > 1 ? [prose(`It is about ${repositories.count} repositories.`)] : []),
    prose('It is approved as it stands now: more rights, more repositories or a condition less make it active again.'),
  ]);
}

function plain(text: string): { readonly type: 'plain_text'; readonly text: string; readonly emoji: false } {
  return { type: 'plain_text', text, emoji: false };
}
