import { LogLevel, WebClient } from '@slack/web-api';

const timeoutMsDefault = 10_000;

export interface SlackClientOptions {
  readonly token: string;
  /** Slack itself where nothing is said. */
  readonly apiUrl?: string;
  readonly timeoutMs?: number;
}

/** Calls one method of Slack's API once, and answers what Slack does. Throws the errors of Slack's client. */
export type CallSlack = (method: string, content: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** Slack's API with a bot token. Waiting and trying again are the caller's. */
export function slackClient({ token, apiUrl, timeoutMs = timeoutMsDefault }: SlackClientOptions): CallSlack {
  const client = new WebClient(token, {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    timeout: timeoutMs,
    // Waiting is the outbox's: there it survives this process and is seen.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    // Its log goes to standard output, which is for messages.
    logLevel: LogLevel.ERROR,
    logger: silent,
  });
  return async (method, content) => await client.apiCall(method, content);
}

const silent = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};
