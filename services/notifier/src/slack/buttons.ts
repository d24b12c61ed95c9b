import { z } from 'zod';
import { isOpen, type Standing } from '../sinks/standing.ts';
import type { Block, Button } from './rich-text.ts';

/** What people may do from a message: null is nothing, as nobody hears the click. */
export type Offers = { readonly canApprove: boolean } | null;

export const actionIds = {
  acknowledge: 'ecr_audit_acknowledge',
  approve: 'ecr_audit_approve',
  explain: 'ecr_audit_explain',
} as const;

export type ActionKind = keyof typeof actionIds;

// https://docs.slack.dev/reference/block-kit/block-elements/button-element
const valueLengthMax = 2_000;

const aboutSchema = z.tuple([z.string().min(1).max(200), z.string().min(1).max(1_000)]);

/** Which finding of which target a click is about. */
export interface About {
  readonly fingerprint: string;
  readonly targetKey: string;
}

/** The buttons of a finding: what still makes sense as it stands. Null where there are none. */
export function findingButtons(
  { fingerprint, targetKey }: { readonly fingerprint: string; readonly targetKey: string | null },
  {
    standing,
    offers,
    place,
  }: { readonly standing: Standing | undefined; readonly offers: Offers; readonly place: number },
): Block | null {
  if (offers === null || standing === undefined || targetKey === null) {
    return null;
  }
  const value = JSON.stringify([fingerprint, targetKey]);
  if (value.length > valueLengthMax) {
    return null;
  }
  const open = isOpen(standing);
  return {
    type: 'actions',
    block_id: `finding-${place}`,
    elements: [
      ...(standing.state.kind === 'open' ? [button('acknowledge', 'Acknowledge', value)] : []),
      ...(open && offers.canApprove ? [button('approve', 'Approve for 30 days', value)] : []),
      button('explain', 'Explain', value),
    ],
  };
}

/** Reads the value of a button; null where it is none of ours. */
export function aboutOf(value: string): About | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return null;
  }
  const about = aboutSchema.safeParse(parsed);
  return about.success ? { fingerprint: about.data[0], targetKey: about.data[1] } : null;
}

function button(kind: ActionKind, text: string, value: string): Button {
  return {
    type: 'button',
    action_id: actionIds[kind],
    text: { type: 'plain_text', text, emoji: false },
    value,
    ...(kind === 'acknowledge' ? { style: 'primary' } : {}),
  };
}
