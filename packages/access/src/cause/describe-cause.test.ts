import { expect, test } from 'vitest';
import type { CauseEvent, NoEvent } from './cause.ts';
import { describeCause } from './describe-cause.ts';

const event: CauseEvent = {
  eventId: 'e1',
  eventSource: 'iam.amazonaws.com',
  eventName: 'PutRolePolicy',
  time: '2026-11-01T10:00:00.000Z',
  accountId: '111122223333',
  region: 'us-east-1',
  actor: {
    kind: 'role',
    accountId: '111122223333',
    arn: 'arn:aws:iam::111122223333:role/deploy',
    name: 'deploy',
    sessionName: 'job',
    sourceIdentity: null,
    identityCenterUser: null,
    webIdentity: { provider: 'ci', subject: 'repo:acme/shop:ref:x', repository: 'acme/shop', ref: 'x' },
    onBehalfOf: 'cloudformation.amazonaws.com',
  },
  sourceAddress: 'cloudformation.amazonaws.com',
};
const none: NoEvent = {
  reason: 'noEventFound',
  window: { from: '2026-11-01T00:00:00.000Z', until: '2026-11-02T00:00:00.000Z' },
  accountId: '111122223333',
  region: 'us-east-1',
  missing: [],
  others: [],
};

test('a call is told with who stands behind it, what it came through, and when', () => {
  expect(describeCause({ kind: 'events', events: [event], earlier: [], isCertain: true, unexplained: [] })).toEqual([
    'PutRolePolicy at 2026-11-01T10:00:00Z by a job of acme/shop at x (role arn:aws:iam::111122223333:role/deploy, session job, through cloudformation.amazonaws.com) (event e1)',
  ]);
});

test('doubt, what came before and what is not explained are told beside it', () => {
  const cause = {
    kind: 'events',
    events: [event],
    earlier: [event],
    isCertain: false,
    unexplained: [{ label: 'Team', why: none }],
  } as const;
  expect(describeCause(cause).slice(1)).toEqual([
    'What the call asked for was not kept whole: it may have asked for something else.',
    'Before it, and done over: PutRolePolicy at 2026-11-01T10:00:00Z (event e1).',
    'Team: No call leads there, though all calls in the history of account 111122223333 in us-east-1 from 2026-11-01T00:00:00Z to 2026-11-02T00:00:00Z were seen.',
  ]);
});

test.each([
  [{ reason: 'awsManagedPolicy' }, 'No call: AWS changed its own policy, which CloudTrail does not record.'],
  [{ reason: 'accountNotObserved' }, 'No call was seen: nothing is read of the history of account 111122223333.'],
  [
    { reason: 'accountNotObserved', accountId: null },
    'No call was seen: which account manages the organization is not known.',
  ],
  [
    { reason: 'windowHole', missing: [none.window] },
    'No call was seen: the history of account 111122223333 in us-east-1 was not wholly seen from 2026-11-01T00:00:00Z to 2026-11-02T00:00:00Z.',
  ],
] as const)('%o is told', (why, line) => {
  expect(describeCause({ kind: 'noEvent', why: { ...none, ...why } })).toEqual([line]);
});

test('calls that led elsewhere are told where none led there', () => {
  expect(describeCause({ kind: 'noEvent', why: { ...none, others: [event] } })[1]).toBe(
    'Calls about it that led elsewhere: PutRolePolicy at 2026-11-01T10:00:00Z (event e1).',
  );
});
