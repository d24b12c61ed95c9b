import type { Store } from '@ecr-audit/store';
import type { Offers } from '../slack/buttons.ts';
import { type CallSlack, slackClient } from '../slack/slack-client.ts';
import { failureOfSlack } from '../slack/slack-failure.ts';
import type { InteractionEvent } from './answer-interaction.ts';
import type { InteractionSettings } from './interaction-settings.ts';
import { permitted } from './permitted.ts';
import { type InteractionServer, serveInteractions } from './serve-interactions.ts';

// Somebody waits for it, and Slack takes a window no later than three seconds after the click.
const timeoutMs = 2_500;

/** What messages may offer where clicks are heard so. */
export function offersOf(settings: InteractionSettings | null): Offers {
  return settings === null ? null : { canApprove: settings.approvers.length > 0 };
}

/** Hears what people click in Slack until it is closed. Throws `portUnavailable`. */
export async function startInteractions(
  { token, apiUrl, signingSecret, host, port, approvers }: InteractionSettings,
  {
    store,
    now,
    onEvent,
  }: { readonly store: Store; readonly now: () => Date; readonly onEvent: (event: InteractionEvent) => void },
): Promise<InteractionServer> {
  const client = slackClient({ token, timeoutMs, ...(apiUrl === null ? {} : { apiUrl }) });
  const call: CallSlack = async (method, content) =>
    await client(method, content).catch((error: unknown) => {
      // Not the error itself, which is logged: what the client says of a request may hold the token.
      throw new Error(`cannot call \`${method}\`: ${failureOfSlack(error).reason}`);
    });
  return await serveInteractions({
    store,
    call,
    permitted: permitted(call, { approvers, now }),
    now,
    onEvent,
    signingSecret,
    host,
    port,
  });
}
