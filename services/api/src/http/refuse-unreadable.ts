import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { apiErrorCodes, type ProblemCode } from '../errors.ts';

/** The refusal of a request that is no HTTP, or too much of it, or that never ends. Node.js would send the status and nothing else. */
export function refuseUnreadable(error: Error, socket: Duplex): void {
  // Nobody listens any more.
  if (('code' in error && error.code === 'ECONNRESET') || !socket.writable) {
    socket.destroy();
    return;
  }
  const { code, detail } = refusalOf('code' in error ? error.code : null);
  const { status, title } = apiErrorCodes[code];
  const requestId = randomUUID();
  const type = `urn:ecr-audit:problem:${code}`;
  // Which path was meant is not known: there may be none.
  const body = JSON.stringify({ type, title, status, detail, instance: '/', code, requestId });
  socket.end(
    [
      `HTTP/1.1 ${status} ${reasons[code]}`,
      'content-type: application/problem+json',
      'cache-control: no-store',
      `x-request-id: ${requestId}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      isHead(error) ? '' : body,
    ].join('\r\n'),
  );
}

/** Whether the method can be seen to be the one whose answers have no body. */
function isHead(error: Error): boolean {
  return (
    'rawPacket' in error &&
    error.rawPacket instanceof Uint8Array &&
    String.fromCharCode(...error.rawPacket.subarray(0, 5)) === 'HEAD '
  );
}

type Refusal = Extract<ProblemCode, 'requestUnreadable' | 'requestTooSlow' | 'headersTooLarge'>;

const reasons: Readonly<Record<Refusal, string>> = {
  requestUnreadable: 'Bad Request',
  requestTooSlow: 'Request Timeout',
  headersTooLarge: 'Request Header Fields Too Large',
};

function refusalOf(code: unknown): { readonly code: Refusal; readonly detail: string } {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return { code: 'headersTooLarge', detail: 'the path and the headers are too long: expected 16 KiB at most' };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { code: 'requestTooSlow', detail: 'the request took too long: expected all of it within 30 seconds' };
    default:
      return { code: 'requestUnreadable', detail: 'the request cannot be read: expected HTTP/1.1' };
  }
}
