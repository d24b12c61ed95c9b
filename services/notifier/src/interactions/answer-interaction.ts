import { setTimeout as wait } from 'node:timers/promises';
import { escaped } from '../slack/rich-text.ts';
import { act, type Acting, type Outcome, refusalOf, said } from './act.ts';
import { noticeWindow } from './approve-view.ts';
import { type Interaction, readInteraction } from './interaction.ts';
import { whoIs } from './permitted.ts';
import { isSignedBySlack, type SignedRequest, TakenRequests } from './verify-signature.ts';

// Slack waits three seconds for an answer, and the way back is part of them.
// https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response
const answerMsDefault = 2_000;
// What takes longer goes on behind the answer: acknowledging waits for a scan that is being written.
const underWayMax = 50;

export interface Answer {
  readonly status: number;
  /** JSON; null is an empty answer. */
  readonly body: object | null;
}

export type InteractionEvent =
  /** Not signed by Slack, too old, or nothing that we offered: nothing was done. */
  | { readonly kind: 'refused'; readonly why: 'unsigned' | 'unknown' | 'tooMany' }
  | {
      readonly kind: 'acted';
      readonly action: string;
      readonly who: string;
      readonly finding: string;
      readonly outcome: Outcome['kind'];
    }
  | { readonly kind: 'failed'; readonly action: string; readonly who: string; readonly error: unknown };

export interface InteractionOptions extends Acting {
  readonly signingSecret: string;
  readonly onEvent: (event: InteractionEvent) => void;
  readonly answerMs?: number;
}

export interface Interactions {
  answer(request: SignedRequest): Promise<Answer>;
  /** Waits for what is under way. */
  finish(): Promise<void>;
}

/** Answers what Slack sends when somebody clicks, within its time; what takes longer is told where they clicked. */
export function answerInteractions(options: InteractionOptions): Interactions {
  const { signingSecret, onEvent, now, answerMs = answerMsDefault } = options;
  const taken = new TakenRequests();
  const underWay = new Set<Promise<unknown>>();
  const refuse = (why: 'unsigned' | 'unknown' | 'tooMany', status: number): Answer => {
    onEvent({ kind: 'refused', why });
    return { status, body: null };
  };
  return {
    answer: async (request) => {
      if (!isSignedBySlack(request, { secret: signingSecret, now: now() })) {
        return refuse('unsigned', 401);
      }
      const interaction = readInteraction(request.body.toString('utf8'));
      if (interaction === null) {
        return refuse('unknown', 400);
      }
      if (underWay.size >= underWayMax) {
        return refuse('tooMany', 503);
      }
      const signature = request.signature ?? '';
      if (!taken.take(signature, now())) {
        return { status: 200, body: null };
      }
      const work = outcomeOf(interaction, options, () => taken.forget(signature));
      const answered = answerAfter(interaction, { work, options, answerMs });
      const finished = Promise.all([work, answered]);
      underWay.add(finished);
      void finished.finally(() => underWay.delete(finished));
      return await answered;
    },
    finish: async () => void (await Promise.allSettled(underWay)),
  };
}

/** Never throws: whoever clicked is told that it failed, and the log why. */
async function outcomeOf(
  interaction: Interaction,
  options: InteractionOptions,
  onFailed: () => void,
): Promise<Outcome> {
  const who = whoIs(interaction.user);
  const action = interaction.kind === 'click' ? interaction.action : 'approval';
  const finding = (interaction.kind === 'click' ? interaction.about : interaction.submitted).fingerprint;
  try {
    const outcome = await act(interaction, options);
    options.onEvent({ kind: 'acted', action, who, finding, outcome: outcome.kind });
    return outcome;
  } catch (error) {
    onFailed();
    options.onEvent({ kind: 'failed', action, who, error });
    return said('That could not be done now: try again in a minute.');
  }
}

async function answerAfter(
  interaction: Interaction,
  {
    work,
    options,
    answerMs,
  }: { readonly work: Promise<Outcome>; readonly options: InteractionOptions; readonly answerMs: number },
): Promise<Answer> {
  const isClick = interaction.kind === 'click';
  // A click is answered in the channel: Slack only wants to hear that it arrived. A window shows its answer itself, in time.
  const whole = isClick ? work.then(async (outcome) => await tell(interaction, outcome, options)) : work;
  const late = new AbortController();
  const inTime = await Promise.race([whole, wait(answerMs, null, { signal: late.signal })]);
  late.abort();
  if (isClick) {
    return accepted;
  }
  if (inTime === null) {
    void work.then(async (outcome) => await tell(interaction, outcome, options));
    const text = 'A scan is being written, which has to end first. You are told in the channel what became of it.';
    return { status: 200, body: { response_action: 'update', view: noticeWindow(text) } };
  }
  return inTime === undefined || inTime.kind === 'done' ? accepted : { status: 200, body: refusalOf(inTime.text) };
}

const accepted: Answer = { status: 200, body: null };

/** Tells whoever clicked, and nobody else. Never throws. */
async function tell(interaction: Interaction, outcome: Outcome, { call, onEvent }: InteractionOptions): Promise<void> {
  const channel = interaction.kind === 'click' ? interaction.channel : interaction.submitted.channel;
  const message = messageOf(interaction, outcome);
  if (channel === null || message === null) {
    return;
  }
  const { text, blocks } = message;
  try {
    // Not the address that comes with the click: whom we talk to is our configuration's to say.
    await call('chat.postEphemeral', {
      channel,
      user: interaction.user.id,
      text: escaped(text),
      blocks,
      link_names: false,
    });
  } catch (error) {
    onEvent({ kind: 'failed', action: 'tell', who: whoIs(interaction.user), error });
  }
}

function messageOf(
  interaction: Interaction,
  outcome: Outcome,
): Omit<Extract<Outcome, { readonly kind: 'said' }>, 'kind'> | null {
  switch (outcome.kind) {
    case 'said':
      return outcome;
    case 'reasonRefused':
      return said(`It is not approved: ${outcome.text}`);
    case 'done':
      return interaction.kind === 'submission' ? said('It is approved.') : null;
  }
}
