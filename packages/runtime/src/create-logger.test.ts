import { expect, test } from 'vitest';
import { createLogger } from './create-logger.ts';

function linesOf(log: (logger: ReturnType<typeof createLogger>) => void): unknown[] {
  const lines: string[] = [];
  log(createLogger('collector', { destination: { write: (line) => void lines.push(line) } }));
  return lines.map((line): unknown => JSON.parse(line));
}

test('writes one JSON object an event with name, level and ISO time', () => {
  expect(linesOf((logger) => logger.info({ scanId: 's1' }, 'scan requested'))).toEqual([
    {
      level: 'info',
      name: 'collector',
      scanId: 's1',
      msg: 'scan requested',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    },
  ]);
});

test('stays silent below its level', () => {
  expect(linesOf((logger) => logger.debug('x'))).toEqual([]);
});

const secret = 'hunter2';

test.each([
  ['AWS credentials, however deep', { a: { b: [{ credentials: { secretAccessKey: secret, SessionToken: secret } }] } }],
  ['a secret with quotes and backslashes', { password: `${secret}"\\"${secret}` }],
  ['the password of a database URL in a message', { text: `cannot reach postgres://audit:${secret}@db:5432/audit` }],
  ['a password with an @ in it', { url: `postgres://audit:p@${secret}@db` }],
  ['a password that begins as the placeholder of our messages', { url: `postgres://audit:PASSWORD@${secret}@db` }],
  ['the password of a Redis URL without a user', { url: `rediss://:${secret}@cache:6379` }],
  ['the message of an error', { err: new Error(`connect to postgres://audit:${secret}@db failed`) }],
  ['the cause of an error', { err: new Error('x', { cause: new Error(`postgres://a:${secret}@db`) }) }],
  ['the signature of a signed URL', { url: `https://s3.amazonaws.com/?X-Amz-Signature=${secret}&a=b` }],
  ['a Slack token', { text: `Bearer xoxb-1-${secret}` }],
  ['a signing secret', { text: `whsec_0a${secret}` }],
  ['a Slack webhook', { url: `https://hooks.slack.com/services/T0/B0/${secret}` }],
])('%s never appears', (_title, fields) => {
  const text = JSON.stringify(linesOf((logger) => logger.error(fields, 'failed')));
  expect(text).toContain('[redacted]');
  expect(text).not.toContain(secret);
});

const hex = '0a1b2c3d'.repeat(9);
test.each([
  ['a token of our API', `ecraudit_${hex}`],
  ['the credential of a request', `authorization: Bearer abc.${hex}`],
  ['a bearer token of an issuer', `eyJ${hex}.${hex}.${hex}`],
])('%s never appears', (_title, text) => {
  const line = JSON.stringify(linesOf((logger) => logger.error({ err: new Error(`refused ${text}`) }, 'failed')));
  expect(line).toContain('[redacted]');
  expect(line).not.toContain(hex);
});

test('host, path and user of a URL stay readable', () => {
  const [line] = linesOf((logger) => logger.info({ url: `postgres://audit:${secret}@db:5432/audit` }));
  expect(line).toMatchObject({ url: 'postgres://audit:[redacted]@db:5432/audit' });
});

// Patterns without bounds need minutes for this, which ends the test by its own timeout.
test('a hostile line of a megabyte costs about its length', () => {
  expect(linesOf((logger) => logger.info('a://b:'.repeat(170_000)))).toHaveLength(1);
});
