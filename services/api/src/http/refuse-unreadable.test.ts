import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { refuseUnreadable } from './refuse-unreadable.ts';

const problemSchema = z.looseObject({ code: z.string(), status: z.int(), requestId: z.uuid() });

function failure(code: string, rawPacket?: Uint8Array): Error {
  return Object.assign(new Error('secret detail'), { code, ...(rawPacket === undefined ? {} : { rawPacket }) });
}

async function refused(error: Error): Promise<readonly [string, string]> {
  const socket = new PassThrough();
  refuseUnreadable(error, socket);
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  return [head, body];
}

it.each([
  ['HPE_HEADER_OVERFLOW', 431, 'headersTooLarge'],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408, 'requestTooSlow'],
  ['HPE_INVALID_METHOD', 400, 'requestUnreadable'],
  ['ERR_SOMETHING_NEW', 400, 'requestUnreadable'],
])(
  '%s of the parser is a problem document with %i, and tells nothing of the parser',
  async (parserCode, status, code) => {
    const [head, body] = await refused(failure(parserCode));
    expect(problemSchema.parse(JSON.parse(body))).toMatchObject({ status, code });
    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(head).toContain('content-type: application/problem+json');
    expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`);
    expect(body).not.toContain('secret');
  },
);

it('leaves the body out of an answer to HEAD', async () => {
  const [head, body] = await refused(failure('HPE_HEADER_OVERFLOW', Buffer.from('HEAD /v1/scans HTTP/1.1')));
  expect([head.startsWith('HTTP/1.1 431 '), body]).toEqual([true, '']);
});

it('says nothing to one who has gone', () => {
  const socket = new PassThrough();
  refuseUnreadable(failure('ECONNRESET'), socket);
  expect([socket.destroyed, socket.readableLength]).toEqual([true, 0]);
});
