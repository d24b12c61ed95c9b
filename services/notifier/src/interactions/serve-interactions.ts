import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ConfigurationError } from '@ecr-audit/runtime';
import { type Answer, answerInteractions, type InteractionOptions, type Interactions } from './answer-interaction.ts';

const path = '/slack/interactions';
// A click comes with its message: ten thousand characters, of which each may be nine in a form.
const bodyBytesMax = 512 * 1024;
const requestTimeoutMs = 5_000;
const headersBytesMax = 16 * 1024;
const connectionsMax = 64;

export interface InteractionServer {
  readonly url: string;
  /** Takes no more clicks, and waits for those under way. May be called twice. */
  close(): Promise<void>;
}

/**
 * Listens for what people do in Slack, on a port of its own. TLS ends in front of it.
 *
 * Rejected: hono, which only the API may use; one fixed path needs no router. Throws `portUnavailable`.
 */
export async function serveInteractions(
  options: InteractionOptions & { readonly host: string; readonly port: number },
): Promise<InteractionServer> {
  const interactions = answerInteractions(options);
  const server = createServer(
    { requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs, maxHeaderSize: headersBytesMax },
    (request, response) => void answerTo(request, response, interactions),
  );
  server.maxConnections = connectionsMax;
  await listen(server, options);
  return {
    url: `${addressOf(server)}${path}`,
    close: async () => {
      if (server.listening) {
        const closed = once(server, 'close');
        server.close();
        await interactions.finish();
        server.closeAllConnections();
        await closed;
      }
    },
  };
}

async function answerTo(request: IncomingMessage, response: ServerResponse, interactions: Interactions): Promise<void> {
  if ((request.url ?? '').split('?', 1)[0] !== path) {
    send(response, { status: 404, body: null });
    return;
  }
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST');
    send(response, { status: 405, body: null });
    return;
  }
  const body = await bodyOf(request).catch(() => null);
  if (body === null) {
    response.setHeader('connection', 'close');
    send(response, { status: 413, body: null });
    return;
  }
  const answer = await interactions
    .answer({
      signature: oneOf(request.headers['x-slack-signature']),
      timestamp: oneOf(request.headers['x-slack-request-timestamp']),
      body,
    })
    .catch((): Answer => ({ status: 500, body: null }));
  send(response, answer);
}

/** Null where it is too large. Throws where the other side goes away. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > bodyBytesMax) {
      return null;
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const text = body === null ? '' : JSON.stringify(body);
  response.writeHead(status, {
    ...(body === null ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}

function oneOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

async function listen(server: Server, { host, port }: { readonly host: string; readonly port: number }): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'it failed';
    throw new ConfigurationError(
      [
        `cannot listen for Slack on \`${host}:${port}\` (${code}): choose another \`ECR_AUDIT_SLACK_INTERACTIONS_PORT\` or \`ECR_AUDIT_SLACK_INTERACTIONS_HOST\``,
      ],
      'portUnavailable',
    );
  }
}

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the server listens on no port');
  }
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
