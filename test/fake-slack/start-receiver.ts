import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { slackWorkspace, type SlackWorkspace } from './slack-workspace.ts';

/** In which way the receiver takes nothing. `gone` refuses connections; the words are errors that Slack answers. */
export type Failure =
  | 'hang'
  | 'breakOff'
  | 'tooMany'
  | 'serverError'
  | 'redirect'
  | 'gone'
  | 'token_revoked'
  | 'invalid_auth'
  | 'channel_not_found'
  | 'edit_window_closed';

/** A request that was taken. */
export interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** The post of Slack's API, or the JSON of a webhook. */
  readonly content: Readonly<Record<string, unknown>>;
}

export interface Receiver {
  readonly url: string;
  /** What the API of Slack took. */
  readonly slack: SlackWorkspace;
  /** What was taken, in order. */
  readonly received: readonly Received[];
  /** Every request, taken or not. */
  attempts(): number;
  /** Fails from now on below a path, or takes what comes again (null). `after` requests are taken first. */
  fail(how: Failure | null, options?: { readonly path?: string; readonly after?: number }): Promise<void>;
  close(): Promise<void>;
}

export const retryAfterSeconds = 30;

/** Starts a receiver on a port of this machine that is free. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const slack = slackWorkspace();
  let failing: { how: Failure; path: string; after: number } | null = null;
  let attempts = 0;
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      attempts += 1;
      const path = request.url ?? '';
      if (failing !== null && path.startsWith(failing.path) && failing.after-- <= 0) {
        failTo(failing.how, path, response);
        return;
      }
      const body = Buffer.concat(chunks).toString();
      const content = contentOf(request, body);
      received.push({ path, headers: request.headers, body, content });
      if (path.startsWith('/api/')) {
        answer(response, 200, slack.answer(path.slice('/api/'.length), content));
      } else {
        response.writeHead(200).end('ok');
      }
    });
  };
  let server = await listen(serve, 0);
  const { port } = z.custom<AddressInfo>((value) => typeof value === 'object').parse(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    slack,
    attempts: () => attempts,
    fail: async (how, { path = '/', after = 0 } = {}) => {
      const wasGone = failing?.how === 'gone';
      failing = how === null ? null : { how, path, after };
      if (how === 'gone') {
        await closed(server);
      } else if (wasGone) {
        server = await listen(serve, port);
      }
    },
    close: async () => await closed(server),
  };
}

function failTo(how: Failure, path: string, response: ServerResponse): void {
  switch (how) {
    case 'hang':
      break;
    case 'breakOff':
    case 'gone':
      response.socket?.destroy();
      break;
    case 'tooMany':
      response.writeHead(429, { 'retry-after': String(retryAfterSeconds) }).end('too many');
      break;
    case 'serverError':
      response.writeHead(500).end('xoxb-a-secret-that-a-careless-receiver-repeats');
      break;
    case 'redirect':
      response.writeHead(302, { location: 'http://127.0.0.1:1/elsewhere' }).end();
      break;
    case 'token_revoked':
    case 'invalid_auth':
    case 'channel_not_found':
    case 'edit_window_closed':
      if (path.startsWith('/api/')) {
        answer(response, 200, { ok: false, error: how });
      } else {
        response.writeHead(how === 'channel_not_found' ? 400 : 403).end(how);
      }
      break;
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Slack's client sends a form whose structured fields are JSON. */
function contentOf(request: IncomingMessage, body: string): Readonly<Record<string, unknown>> {
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') !== true) {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(body));
  }
  const fields = Object.fromEntries(new URLSearchParams(body));
  const structured = ['blocks', 'metadata', 'view'].filter((name) => name in fields);
  return { ...fields, ...Object.fromEntries(structured.map((name) => [name, JSON.parse(fields[name] ?? 'null')])) };
}

async function listen(
  serve: (request: IncomingMessage, response: ServerResponse) => void,
  port: number,
): Promise<Server> {
  const server = createServer(serve);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}

async function closed(server: Server): Promise<void> {
  if (!server.listening) {
    return;
  }
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await ended;
}
