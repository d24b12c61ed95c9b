import { createHmac } from 'node:crypto';
import { type InteractionEvent, interactionsFromEnvironment, offersOf, startInteractions } from '@ecr-audit/notifier';
import type { Store } from '@ecr-audit/store';
import { z } from 'zod';
import { type AlertsWorld, openAlertsWorld, slackToken } from '../alerts/alerts-world.ts';
import { ownTeam } from '../fake-slack/slack-workspace.ts';

export const signingSecret = '8f742231b10e8888abcd99yyyzzz85a5';
const isText = z.string();

/** Slack as people use it: they click in it, and it sends what they did. */
export interface ClicksWorld extends AlertsWorld {
  readonly heard: readonly InteractionEvent[];
  /** What the notifier takes for now, where it hears clicks. */
  readonly clock: { time: Date };
  /** Clicks a button of the latest message that has it; the payload can be bent. */
  click(button: string, options?: ClickOptions): Promise<Answered>;
  /** Sends the window that was opened last. */
  submit(reason: string, options?: ClickOptions): Promise<Answered>;
  /** Sends a request as Slack would, or not quite. */
  send(body: string, options?: SendOptions): Promise<Answered>;
  close(): Promise<void>;
}

interface ClickOptions extends SendOptions {
  readonly user?: object;
  readonly bend?: (payload: Record<string, unknown>) => void;
}

interface SendOptions {
  readonly secret?: string;
  readonly at?: Date;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
  readonly method?: string;
}

interface Answered {
  readonly status: number;
  readonly body: unknown;
}

const anna = { id: 'U0ANNA', username: 'anna', name: 'anna', team_id: ownTeam };

/** A Slack with a notifier that hears it. */
export async function openClicksWorld(
  store: Store,
  environment: Readonly<Record<string, string>> = {},
): Promise<ClicksWorld> {
  const heard: InteractionEvent[] = [];
  const given = {
    ECR_AUDIT_SLACK_SIGNING_SECRET: signingSecret,
    ECR_AUDIT_SLACK_INTERACTIONS_PORT: '0',
    ...environment,
  };
  const settings = interactionsFromEnvironment({ ...given, ECR_AUDIT_SLACK_TOKEN: slackToken });
  if (settings === null) {
    throw new Error('the clicks are not heard');
  }
  const alerts = await openAlertsWorld(environment, offersOf(settings));
  const { receiver } = alerts;
  const world = { time: new Date('2026-11-23T08:00:00Z') };
  const server = await startInteractions(
    { ...settings, apiUrl: `${receiver.url}/api/` },
    { store, now: () => world.time, onEvent: (event) => heard.push(event) },
  );
  const send = async (body: string, options: SendOptions = {}): Promise<Answered> => {
    const { secret = signingSecret, at = world.time, headers = {}, path, method = 'POST' } = options;
    const timestamp = String(Math.floor(at.getTime() / 1_000));
    const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
    const response = await fetch(path === undefined ? server.url : new URL(path, server.url), {
      method,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${signature}`,
        ...headers,
      },
      ...(method === 'GET' ? {} : { body }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  };
  const sendPayload = async (
    payload: Record<string, unknown>,
    { bend, ...options }: ClickOptions,
  ): Promise<Answered> => {
    bend?.(payload);
    return await send(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), options);
  };
  return Object.assign(alerts, {
    heard,
    clock: world,
    send,
    click: async (button: string, options: ClickOptions = {}) => {
      const action = buttonsIn(receiver.received.map(({ content }) => content['blocks'])).findLast(
        ({ text }) => text === button,
      );
      if (action === undefined) {
        throw new Error(`no message has the button ${button}`);
      }
      return await sendPayload(
        {
          type: 'block_actions',
          user: options.user ?? anna,
          team: { id: ownTeam, domain: 'own' },
          api_app_id: 'A0APP',
          trigger_id: `1.2.${receiver.received.length}`,
          container: { type: 'message', channel_id: 'C0123456789' },
          channel: { id: 'C0123456789', name: 'alerts' },
          response_url: 'http://127.0.0.1:9/never-asked',
          actions: [{ type: 'button', ...action, action_ts: '1.1' }],
        },
        options,
      );
    },
    submit: async (reason: string, options: ClickOptions = {}) => {
      const view = receiver.slack.views().at(-1);
      return await sendPayload(
        {
          type: 'view_submission',
          user: options.user ?? anna,
          team: { id: ownTeam, domain: 'own' },
          view: {
            ...view,
            id: 'V1',
            state: { values: { reason: { reason: { type: 'plain_text_input', value: reason } } } },
          },
          response_urls: [],
        },
        options,
      );
    },
    close: async () => {
      await server.close();
      await receiver.close();
    },
  });
}

const blockSchema = z.object({
  type: z.literal('actions'),
  elements: z.array(z.object({ action_id: isText, value: isText, text: z.object({ text: isText }) })),
});

function buttonsIn(posts: readonly unknown[]): readonly { action_id: string; value: string; text: string }[] {
  return posts
    .flatMap((blocks): unknown[] => (Array.isArray(blocks) ? blocks : []))
    .flatMap((block) => {
      const parsed = blockSchema.safeParse(block);
      return parsed.success ? parsed.data.elements.map((each) => ({ ...each, text: each.text.text })) : [];
    });
}
