import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ecr-audit/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Receiver, startReceiver } from '../fake-slack/start-receiver.ts';
import { runCommand } from '../system/harness/run-command.ts';
import { addAlerts, alertOf, deliverTo, letPass, openAlertsWorld, slackToken, webhookSecret } from './alerts-world.ts';

let receiver: Receiver;
let directory: string;

beforeAll(async () => {
  receiver = await startReceiver();
  directory = mkdtempSync(path.join(tmpdir(), 'ecr-audit-alerts-'));
});
afterAll(async () => {
  await receiver.close();
  rmSync(directory, { recursive: true });
});

const sinks = (): Readonly<Record<string, string>> => ({
  ECR_AUDIT_SLACK_TOKEN: slackToken,
  ECR_AUDIT_SLACK_CHANNEL: '#alerts',
  ECR_AUDIT_SLACK_API_URL: `${receiver.url}/api/`,
  ECR_AUDIT_WEBHOOK_URL: `${receiver.url}/webhook`,
  ECR_AUDIT_WEBHOOK_SECRET: webhookSecret,
  ECR_AUDIT_WEBHOOK_ALLOWED_ADDRESSES: '127.0.0.0/8',
});
const finding = (fingerprint: string, more: object = {}): object => ({
  ruleId: `R-${fingerprint}`,
  severity: 'high',
  accountId: '111122223333',
  region: 'eu-west-1',
  resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/payments/api',
  principal: null,
  fingerprint,
  title: `Title ${fingerprint}`,
  what: 'what',
  why: 'why',
  remedy: 'remedy',
  repositories: { count: 0, inProduction: 0, examples: [] },
  scope: { repositories: [], rights: [], conditions: [] },
  reasons: [],
  doubts: [],
  ...more,
});
const written = (name: string, text: string): string => {
  const file = path.join(directory, name);
  writeFileSync(file, text);
  return file;
};
const plan = async (
  ...words: readonly string[]
): Promise<{ exitCode: number | null; stdout: string; stderr: string }> =>
  await runCommand(['alerts', 'plan', ...words], {});

describe('ecr-audit alerts test', () => {
  it('sends one example to each sink and says what each answered', async () => {
    await receiver.fail(null);
    const { exitCode, stdout } = await runCommand(['alerts', 'test'], { env: sinks() });
    expect(stdout.split('\n')).toEqual([
      'ok  lines: written',
      'ok  slack: posted to C0123456789',
      'ok  webhook: answered 200',
      expect.stringMatching(/^--  buttons in Slack: not configured: set `ECR_AUDIT_SLACK_SIGNING_SECRET` and/),
      '',
    ]);
    expect(exitCode).toBe(0);
    expect(receiver.received.map((request) => request.path)).toContain('/webhook');
  });

  it('fails where a sink does, tells of the others, and names no secret', async () => {
    await receiver.fail('token_revoked', { path: '/api/' });
    const { exitCode, stdout, stderr } = await runCommand(['alerts', 'test', '--format', 'json'], { env: sinks() });
    expect(JSON.parse(stdout)).toEqual({
      sent: [
        { sink: 'lines', isDelivered: true, answer: 'written' },
        {
          sink: 'slack',
          isDelivered: false,
          answer: 'Slack does not accept the token: token_revoked: give it a valid secret',
        },
        { sink: 'webhook', isDelivered: true, answer: 'answered 200' },
      ],
      notConfigured: [{ what: 'buttons in Slack', how: expect.stringContaining('ECR_AUDIT_SLACK_INTERACTIONS_PORT') }],
    });
    expect(exitCode).toBe(4);
    expect(`${stdout}${stderr}`).not.toMatch(/xoxb|a-secret/);
  });

  it('asks no private address, also where a name stands for one', async () => {
    const before = receiver.attempts();
    const { stdout } = await runCommand(['alerts', 'test'], {
      env: {
        ECR_AUDIT_WEBHOOK_URL: receiver.url.replace('127.0.0.1', 'localhost'),
        ECR_AUDIT_WEBHOOK_SECRET: webhookSecret,
        ECR_AUDIT_WEBHOOK_ALLOWED_ADDRESSES: '10.99.0.0/16',
      },
    });
    expect(stdout).toMatch(/NOT webhook: the receiver is at `(?:127\.0\.0\.1|::1)`, which is not an address/);
    expect(receiver.attempts()).toBe(before);
  });

  it('refuses settings that say half, and names the variable', async () => {
    const { exitCode, stderr } = await runCommand(['alerts', 'test'], { env: { ECR_AUDIT_SLACK_CHANNEL: '#alerts' } });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('`ECR_AUDIT_SLACK_TOKEN` is not set')]);
  });

  it('with --render shows the message as people would read it, and sends nothing', async () => {
    const before = receiver.attempts();
    const { stdout } = await runCommand(['alerts', 'test', '--render'], { env: sinks() });
    expect(stdout).toContain('== HIGH · Example: nothing happened, this is a test of the alerts ==');
    expect(stdout).toContain('`{"Effect":"Allow","Principal":"*","Action":"ecr:*"} <!channel>`');
    expect(receiver.attempts()).toBe(before);
  });
});

describe('ecr-audit alerts plan', () => {
  it('tells what was not told before, by the channels of the configuration', async () => {
    const config = written(
      'audit.yaml',
      [
        'version: 1',
        'organization: { accounts: own, regions: all }',
        'alerts:',
        "  routes: [{ channel: '#pay', repositories: ['payments/*'] }]",
      ].join('\n'),
    );
    const first = await plan(
      '--findings',
      written('a.json', JSON.stringify({ findings: [finding('a')] })),
      '--format',
      'ndjson',
    );
    const said = written('said.ndjson', first.stdout);
    const both = written('b.ndjson', [finding('a'), finding('b')].map((one) => JSON.stringify(one)).join('\n'));
    const second = await plan('--findings', both, '--said', said, '--config', config);
    expect(first.stdout).toContain('"form":"summary"');
    expect(second.stdout).toMatch(/^\[to #pay, at once\]\n== HIGH · Title b ==/);
    expect(second.stdout).toMatch(/1 alerts, 1 findings\n$/);
  });

  it('takes an empty file for a command that failed, and not for nothing to tell', async () => {
    const empty = await plan('--findings', written('empty.json', ''));
    expect([empty.exitCode, empty.stderr]).toEqual([2, expect.stringContaining('it is empty')]);
    expect((await plan('--findings', written('none.json', '{"findings":[]}'))).stdout).toBe('0 alerts, 0 findings\n');
  });

  it('says where a file is no list of findings', async () => {
    const file = written('wrong.json', JSON.stringify([finding('a', { severity: 'grave' })]));
    const { exitCode, stderr } = await plan('--findings', file);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('entry 1, `severity`')]);
  });
});

describe('messages that were given up', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await database.drop();
  });

  it('are listed, and sent again on demand', async () => {
    const world = await openAlertsWorld();
    await addAlerts(database.store, [alertOf('first')]);
    await world.receiver.fail('channel_not_found');
    for (let time = 0; time < 5; time += 1) {
      await deliverTo(database.store, world, 'slack');
      await letPass(database.store, 60_000);
    }
    const env = { DATABASE_URL: database.url };
    const listed = await runCommand(['alerts', 'dead'], { env });
    expect(listed.stdout).toMatch(/slack .*alert .*Slack answered channel_not_found/);
    const unsaid = await runCommand(['alerts', 'retry'], { env });
    expect([unsaid.exitCode, unsaid.stderr]).toEqual([2, expect.stringContaining('`--all`')]);
    const none = await runCommand(['alerts', 'retry', '--sink', randomUUID()], { env });
    expect(none.stdout).toBe('0 messages go out again.\n');
    const again = await runCommand(['alerts', 'retry', '--all'], { env });
    expect(again.stdout).toBe('1 message goes out again.\n');
    await world.receiver.fail(null);
    expect(await deliverTo(database.store, world, 'slack')).toBe(1);
    expect((await runCommand(['alerts', 'dead'], { env })).stdout).toBe('No message was given up.\n');
    await world.receiver.close();
  });
});
