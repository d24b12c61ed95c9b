import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ConfigurationError } from '../errors.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import { runChecks, type HealthCheck } from './run-checks.ts';

export interface HealthServerOptions {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** What must be there before the process counts as ready. */
  readonly checks: Readonly<Record<string, HealthCheck>>;
  /** Without them /metrics is not found. */
  readonly metrics?: Metrics;
  readonly checkTimeoutMs?: number;
  /** Hears of a check that failed, and of metrics that could not be told. */
  readonly onProblem?: (check: string, error: unknown) => void;
}

export interface HealthServer {
  readonly url: string;
  /** From now on the process is not ready: it finishes what it has and takes nothing new. */
  stopping(): void;
  /** Ends the server and its connections. May be called twice. */
  close(): Promise<void>;
}

// Kubernetes waits one second for a probe where nothing is said, and three is what our own health check waits.
const checkTimeoutMsDefault = 2_000;
// Probes send no body, and one that never ends its headers must not hold a connection.
const requestTimeoutMs = 5_000;
const headersBytesMax = 8 * 1024;
const connectionsMax = 64;

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/**
 * Serves `/healthz` (the process answers), `/readyz` (every check passes, and nobody asked it to stop) and `/metrics`.
 *
 * Rejected: hono, which only the API may use; three fixed paths need no router. Throws `portUnavailable`.
 */
export async function startHealthServer(options: HealthServerOptions): Promise<HealthServer> {
  let isStopping = false;
  const server = createServer(
    { requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs, maxHeaderSize: headersBytesMax },
    (request, response) => {
      void answerTo(request, options, () => isStopping).then((answer) => send(request, response, answer));
    },
  );
  server.maxConnections = connectionsMax;
  await listen(server, options);
  return {
    url: addressOf(server),
    stopping: () => {
      isStopping = true;
    },
    close: async () => {
      if (server.listening) {
        const closed = once(server, 'close');
        server.close();
        server.closeAllConnections();
        await closed;
      }
    },
  };
}

async function answerTo(
  request: IncomingMessage,
  options: HealthServerOptions,
  isStopping: () => boolean,
): Promise<Answer> {
  const path = (request.url ?? '').split('?', 1)[0];
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return json(405, { status: 'methodNotAllowed' });
  }
  switch (path) {
    case '/healthz':
      return json(200, { status: 'alive' });
    case '/readyz':
      return await readiness(options, isStopping);
    case '/metrics':
      return options.metrics === undefined ? json(404, { status: 'notFound' }) : await told(options.metrics, options);
    default:
      return json(404, { status: 'notFound' });
  }
}

async function readiness(options: HealthServerOptions, isStopping: () => boolean): Promise<Answer> {
  if (isStopping()) {
    return json(503, { status: 'stopping' });
  }
  const checks = await runChecks(options.checks, {
    timeoutMs: options.checkTimeoutMs ?? checkTimeoutMsDefault,
    onProblem: (check, error) => options.onProblem?.(check, error),
  });
  const isReady = Object.values(checks).every((result) => result === 'ok');
  return json(isReady ? 200 : 503, { status: isReady ? 'ready' : 'notReady', checks });
}

async function told(metrics: Metrics, options: HealthServerOptions): Promise<Answer> {
  try {
    return { status: 200, type: metrics.contentType, body: await metrics.text() };
  } catch (error) {
    options.onProblem?.('metrics', error);
    return json(500, { status: 'failed' });
  }
}

function json(status: number, body: object): Answer {
  return { status, type: 'application/json', body: `${JSON.stringify(body)}\n` };
}

function send(request: IncomingMessage, response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function listen(server: Server, { host, port }: HealthServerOptions): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'it failed';
    throw new ConfigurationError(
      [
        `cannot serve health and metrics on \`${host}:${port}\` (${code}): choose another \`ECR_AUDIT_METRICS_PORT\` or \`ECR_AUDIT_METRICS_HOST\``,
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
