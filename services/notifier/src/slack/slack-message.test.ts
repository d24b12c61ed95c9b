import type { Alert, AlertedFinding } from '@ecr-audit/access';
import { describe, expect, it } from 'vitest';
import type { Message } from '../sinks/sink.ts';
import type { Standing } from '../sinks/standing.ts';
import { renderText } from './render-text.ts';
import { blockLength } from './rich-text.ts';
import { inOnePost, slackMessage, type SlackMessage } from './slack-message.ts';

const finding: AlertedFinding = {
  fingerprint: 'f-1',
  ruleId: 'ECR-PUBLIC',
  severity: 'critical',
  accountId: '111122223333',
  region: 'eu-west-1',
  resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/payments',
  principal: 'arn:aws:iam::111122223333:role/deploy',
  title: 'Everybody can pull payments',
  what: 'The statement `Allow *` lets everybody pull.',
  why: 'Images hold code.',
  remedy: 'Name the accounts.',
  reasons: [{ effect: 'Allow', statement: 'All*', policy: 'the repository policy', via: 'repository' }],
  doubts: ['one SCP could not be read'],
};

const alert: Alert = {
  key: 'k-1',
  form: 'change',
  severity: 'critical',
  channel: '#payments',
  notBefore: null,
  title: 'Everybody can pull payments',
  cause: {
    eventId: 'e-1',
    eventName: 'ecr:SetRepositoryPolicy',
    actor: 'alice',
    sourceAddress: '192.0.2.1',
    time: '2026-11-22T12:00:00Z',
  },
  explanation: null,
  link: 'https://audit.example.com/f-1',
  findings: [finding],
};

const messageOf = (payload: unknown, kind = 'alert'): Message => ({
  id: 17,
  kind,
  scanId: 's-1',
  targetKey: 'account:111122223333',
  createdAt: '2026-11-22T12:00:01Z',
  payload,
  progress: null,
});

function said(payload: unknown, kind?: string): SlackMessage {
  const message = slackMessage(messageOf(payload, kind));
  if (message === null) {
    throw new Error('the message is not told');
  }
  return message;
}

it('an alert says what changed, who can do what where, through whom, what to do, and leads on; the rest is in the thread', () => {
  const message = said(alert);
  expect(message.channel).toBe('#payments');
  expect(renderText(message).split('\n')).toEqual([
    '== CRITICAL · Everybody can pull payments ==',
    'Everybody can pull payments',
    'The statement `Allow *` lets everybody pull.',
    'Where: `arn:aws:ecr:eu-west-1:111122223333:repository/payments`, who: `arn:aws:iam::111122223333:role/deploy`',
    'Through: `ecr:SetRepositoryPolicy` by `alice` from `192.0.2.1` at 2026-11-22T12:00:00Z',
    'What to do: Name the accounts.',
    'Look closer <https://audit.example.com/f-1>',
    '-- Message s-1-17',
    '    1. critical `ECR-PUBLIC` Everybody can pull payments',
    '    Images hold code.',
    '    Allow: statement `All*` of `the repository policy`, through `repository`',
    '    Not certain: one SCP could not be read',
    '    Fingerprint: `f-1`',
  ]);
});

it('where no call made it, an alert says what explains it', () => {
  const text = renderText(said({ ...alert, cause: null, explanation: 'AWS changed its policy `ReadOnly`.' }));
  expect(text).toContain('No call made it: AWS changed its policy `ReadOnly`.');
  expect(text).not.toContain('Through:');
});

const standing = (state: Standing['state'], severity: Standing['severity'] = 'critical'): SlackMessage => {
  const view = { standings: new Map([['f-1', { severity, state }]]), offers: { canApprove: true } };
  return slackMessage(messageOf(alert), view) ?? expect.fail('the message is not told');
};
const open = { kind: 'open', reopenedAt: null, unseen: null } as const;

describe('how a finding stands', () => {
  it.each([
    [open, null, 'CRITICAL', '[Acknowledge] [Approve for 30 days] [Explain]'],
    [
      { ...open, reopenedAt: 'T1' },
      'active again since T1',
      'CRITICAL',
      '[Acknowledge] [Approve for 30 days] [Explain]',
    ],
    [
      { ...open, unseen: 'iam:denied' },
      'the latest scan could not tell: iam:denied',
      'CRITICAL',
      '[Acknowledge] [Approve for 30 days] [Explain]',
    ],
    [
      { kind: 'acknowledged', by: 'anna', at: 'T1' },
      'anna looks after it since T1',
      'Acknowledged · CRITICAL',
      '[Approve for 30 days] [Explain]',
    ],
    [
      { kind: 'approved', by: 'bo', reason: '*why*', until: 'T2' },
      'approved until T2 by bo, because: *why*',
      'Approved · CRITICAL',
      '[Explain]',
    ],
    [{ kind: 'resolved', at: 'T3' }, 'resolved at T3', 'Resolved · CRITICAL', '[Explain]'],
  ] as const)('is shown, with the buttons that make sense then: %j', (state, words, heading, buttons) => {
    const lines = renderText(standing(state)).split('\n');
    expect(lines[0]).toBe(`== ${heading} · Everybody can pull payments ==`);
    expect(lines.find((line) => line.startsWith('Now: '))).toBe(words === null ? undefined : `Now: ${words}`);
    expect(lines.find((line) => line.startsWith('['))).toBe(buttons);
  });

  it('says another severity than the one that was told', () => {
    expect(renderText(standing(open, 'low'))).toContain('\nNow: LOW\n');
    expect(renderText(standing({ kind: 'resolved', at: 'T3' }, 'low'))).toContain('\nNow: LOW, resolved at T3\n');
  });

  it('of a finding that is not kept is not guessed, and nothing is offered', () => {
    const message = slackMessage(messageOf(alert), { standings: new Map(), offers: { canApprove: true } });
    expect(message === null ? '' : renderText(message)).not.toMatch(/Now: |\[/);
  });
});

describe.each([6, 1_000, 20_000])('of %i findings', (count) => {
  const long = { ...finding, title: `Everybody can pull ${'x'.repeat(60)}`, what: 'y'.repeat(4_000) };
  const burst = {
    ...alert,
    findings: Array.from({ length: count }, (_, index) => ({ ...long, fingerprint: `f-${index}` })),
  };
  const message = said(burst);

  it('every post keeps within what Slack takes', () => {
    for (const { blocks, text } of [message.main, ...message.thread, inOnePost(message)]) {
      expect(blocks.length).toBeLessThanOrEqual(50);
      expect(blocks.every((block) => blockLength(block) <= 3_000)).toBe(true);
      expect(blocks.reduce((sum, block) => sum + blockLength(block), 0)).toBeLessThan(13_000);
      expect(text.length).toBeLessThan(3_000);
    }
    expect(message.thread.length).toBeLessThanOrEqual(20);
  });

  it('each finding is named in the thread, or counted among those that have no room', () => {
    expect(namedIn(message.thread) + leftOutOf(message.thread)).toBe(count);
    expect(leftOutOf(message.thread) > 0).toBe(count === 20_000);
  });

  it('each line that one post has no room for is counted', () => {
    const post = inOnePost(message);
    expect(namedIn([post]) + leftOutOf([post])).toBe(namedIn(message.thread) + leftOutOf(message.thread));
  });
});

const namedIn = (posts: readonly { readonly blocks: readonly unknown[] }[]): number =>
  [...JSON.stringify(posts).matchAll(/"\d+\. critical /g)].length;
const leftOutOf = (posts: readonly { readonly blocks: readonly unknown[] }[]): number =>
  [...JSON.stringify(posts).matchAll(/(\d+) more lines have no room/g)].reduce(
    (sum, [, more]) => sum + Number(more),
    0,
  );

describe('a scan', () => {
  const scan = {
    target: { key: 'account:1', name: 'payments <!here>' },
    takenAt: '2026-11-22T12:00:00Z',
    access: { opened: 3, closed: 1, unchanged: 9 },
    gaps: {
      total: 7,
      listed: [{ accountId: '111122223333', region: null, source: 'ecr:GetRegistryPolicy', reason: 'accessDenied' }],
    },
  };

  it('that changed access is told, with what could not be read', () => {
    expect(renderText(said(scan, 'scan.completed')).split('\n')).toEqual([
      '== Access changed: payments <!here> ==',
      'As of 2026-11-22T12:00:00Z: 3 answers are new or differ, 1 ended or differ.',
      '7 things could not be read; what rests on them is unknown:',
      '`111122223333 ecr:GetRegistryPolicy` accessDenied',
      '… and 6 more',
      '-- Message s-1-17',
    ]);
    expect(said(scan, 'scan.completed').main.text).toBe('Access changed: payments &lt;!here&gt;');
  });

  it('that changed nothing is not told', () => {
    const quiet = { ...scan, access: { opened: 0, closed: 0, unchanged: 12 } };
    expect(slackMessage(messageOf(quiet, 'scan.completed'))).toBeNull();
  });
});

it.each([
  ['alert', { title: 'of another form' }],
  ['scan.completed', {}],
  ['something.new', {}],
])('a message that cannot be read, %s, is told as such and never dropped', (kind, payload) => {
  expect(renderText(said(payload, kind))).toContain(`A message of the kind \`${kind}\``);
});
