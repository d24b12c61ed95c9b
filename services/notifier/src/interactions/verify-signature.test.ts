import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSignedBySlack, TakenRequests } from './verify-signature.ts';

// The example of Slack's page, with its result: https://docs.slack.dev/authentication/verifying-requests-from-slack
const secret = '8f742231b10e8888abcd99yyyzzz85a5';
const timestamp = '1531420618';
const body = Buffer.from(
  'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
);
const signature = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503';
const now = new Date(Number(timestamp) * 1_000);
const later = (ms: number): Date => new Date(now.getTime() + ms);
const windowMs = 5 * 60_000;

describe('a signature', () => {
  it("of Slack's own example holds", () => {
    expect(isSignedBySlack({ signature, timestamp, body }, { secret, now })).toBe(true);
  });

  it.each([
    [windowMs, true],
    [-windowMs, true],
    [windowMs + 1, false],
    [-windowMs - 1, false],
  ])('%i ms later holds: %s', (ms, holds) => {
    expect(isSignedBySlack({ signature, timestamp, body }, { secret, now: later(ms) })).toBe(holds);
  });

  it.each([
    { signature: undefined },
    { timestamp: undefined },
    { signature: '' },
    { signature: signature.slice(0, -1) },
    { signature: signature.toUpperCase() },
    { signature: signature.replace('v0', 'v1') },
    { timestamp: '1531420619' },
    { timestamp: '' },
    { timestamp: '-1' },
    { timestamp: 'NaN' },
    { timestamp: '1531420618.0' },
    { body: Buffer.concat([body, Buffer.from(' ')]) },
    { body: Buffer.alloc(0) },
  ])('over something else does not hold: %j', (bent) => {
    expect(isSignedBySlack({ signature, timestamp, body, ...bent }, { secret, now })).toBe(false);
  });

  it('is over the bytes, whatever characters they are', () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
    const over = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(bytes).digest('hex')}`;
    expect(isSignedBySlack({ signature: over, timestamp, body: bytes }, { secret, now })).toBe(true);
    const other = Buffer.from([0xfd, 0xfe, 0x00, 0x80]);
    expect(isSignedBySlack({ signature: over, timestamp, body: other }, { secret, now })).toBe(false);
  });
});

describe('a request', () => {
  it('is taken once, for as long as its signature holds', () => {
    const taken = new TakenRequests();
    expect([taken.take('a', now), taken.take('a', now), taken.take('a', later(2 * windowMs))]).toEqual([
      true,
      false,
      false,
    ]);
    expect(taken.take('b', now)).toBe(true);
  });

  it('that failed may come again', () => {
    const taken = new TakenRequests();
    taken.take('a', now);
    taken.forget('a');
    expect(taken.take('a', now)).toBe(true);
  });

  it('is remembered in bounded memory', () => {
    const taken = new TakenRequests();
    for (let index = 0; index < 20_000; index += 1) {
      taken.take(String(index), now);
    }
    expect(taken.take('19999', now)).toBe(false);
    expect(taken.take('0', now)).toBe(true);
  });
});
