import {
  type Cause,
  causesOf,
  configurationDifferences,
  describeCause,
  snapshotChanges,
  type SnapshotPart,
  type SnapshotWithParts,
} from '@ecr-audit/access';
import { expect, test } from 'vitest';
import * as documents from './history/documents.ts';
import { iam, type RecordedEvent, text } from './history/events.ts';
import type { Step } from './history/step.ts';
import { REGISTRY, roleOf } from './history/world.ts';
import { snapshotsOf } from './run-step.ts';

/* What the files of the history tell beside the calls themselves: who is behind a session, and what was not read. */

const keyId = 'ASIAEXAMPLEEXAMPLE00';

function put(identity: Record<string, unknown>, extra: Partial<RecordedEvent> = {}): RecordedEvent {
  const request = { roleName: 'deploy', policyName: 'Push', policyDocument: text(documents.push) };
  return iam('put', 'PutRolePolicy', request, { extra: { userIdentity: identity, ...extra } });
}

function session(others: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'AssumedRole',
    principalId: 'AROACICICICICICICICIC:job',
    arn: `arn:aws:sts::${REGISTRY}:assumed-role/ci/job`,
    accountId: REGISTRY,
    accessKeyId: keyId,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: 'AROACICICICICICICICIC',
        arn: `arn:aws:iam::${REGISTRY}:role/ci`,
        accountId: REGISTRY,
        userName: 'ci',
      },
      webIdFederationData: { federatedProvider: 'arn:aws:iam::222233334444:oidc-provider/ci.example', attributes: {} },
    },
    ...others,
  };
}

const began: RecordedEvent = {
  ...iam('began', 'AssumeRoleWithWebIdentity', { roleArn: `arn:aws:iam::${REGISTRY}:role/ci`, roleSessionName: 'job' }),
  eventSource: 'sts.amazonaws.com',
  userIdentity: {
    type: 'WebIdentityUser',
    principalId: 'ci',
    userName: 'repo:acme/shop:ref:refs/heads/main',
    identityProvider: 'arn:aws:iam::222233334444:oidc-provider/ci.example',
  },
  responseElements: { credentials: { accessKeyId: keyId } },
};

function step(events: readonly RecordedEvent[], seen?: Step['seen']): Step {
  return {
    name: '',
    after: (state) =>
      roleOf(state, REGISTRY).RolePolicyList.push({ PolicyName: 'Push', PolicyDocument: documents.push }),
    events,
    expected: {},
    hasOwnDecoys: true,
    ...(seen === undefined ? {} : { seen }),
  };
}

function causeOf(
  asked: Step,
  changed: (parts: readonly SnapshotPart[]) => readonly SnapshotPart[] = (parts) => parts,
): Cause | undefined {
  const { from, to } = snapshotsOf(asked);
  const { differences } = configurationDifferences(from, to);
  const side: SnapshotWithParts = { ...to, parts: changed(to.parts) };
  const [cause] = causesOf(differences, { from, to: side, ...snapshotChanges([from, side]) });
  return cause;
}

function actorOf(cause: Cause | undefined) {
  return cause?.kind === 'events' ? cause.events[0]?.actor : undefined;
}

test('the job of a CI system behind a session is known from the event that began it', () => {
  expect(actorOf(causeOf(step([began, put(session())])))?.webIdentity).toEqual({
    provider: 'arn:aws:iam::222233334444:oidc-provider/ci.example',
    subject: 'repo:acme/shop:ref:refs/heads/main',
    repository: 'acme/shop',
    ref: 'refs/heads/main',
  });
});

test('a session of another key is not that job', () => {
  const other = put(session({ accessKeyId: 'ASIAANOTHERANOTHER00' }));
  expect(actorOf(causeOf(step([began, other])))?.webIdentity?.subject).toBeNull();
});

test('a call of CloudFormation names the service and the role that it works with', () => {
  const call = put(session({ invokedBy: 'cloudformation.amazonaws.com' }), {
    sourceIPAddress: 'cloudformation.amazonaws.com',
  });
  const cause = causeOf(step([call]));
  expect(actorOf(cause)).toMatchObject({
    arn: `arn:aws:iam::${REGISTRY}:role/ci`,
    onBehalfOf: 'cloudformation.amazonaws.com',
  });
  expect(cause === undefined ? [] : describeCause(cause)).toEqual([
    'PutRolePolicy at 2026-11-01T10:00:00Z by a token of arn:aws:iam::222233334444:oidc-provider/ci.example (role arn:aws:iam::222233334444:role/ci, session job, through cloudformation.amazonaws.com) (event put)',
  ]);
});

test('with one tag of two explained the other one is told apart', () => {
  const cause = causeOf({
    ...step([iam('team', 'TagRole', { roleName: 'deploy', tags: [{ key: 'Team', value: 'payments' }] })]),
    after: (state) =>
      (roleOf(state, REGISTRY).Tags = [
        { Key: 'Team', Value: 'payments' },
        { Key: 'Stage', Value: 'production' },
      ]),
  });
  expect(cause).toMatchObject({
    kind: 'events',
    events: [{ eventId: 'team' }],
    unexplained: [{ label: 'Stage', why: { reason: 'noEventFound' } }],
  });
});

test('a file of events that is missing or broken is a hole, whatever its window says', () => {
  expect(reasonOf(causeOf(step([])))).toBe('noEventFound');
  expect(reasonOf(causeOf(step([]), (parts) => parts.filter((part) => !isEvents(part))))).toBe('windowHole');
  expect(reasonOf(causeOf(step([]), (parts) => parts.map(brokenEvents)))).toBe('windowHole');
});

test('a hole is told with the stretch that was not seen', () => {
  const cause = causeOf(step([], { startTime: '2026-11-01T00:00:00Z', endTime: '2026-11-01T23:45:00Z' }));
  expect(cause).toEqual({
    kind: 'noEvent',
    why: {
      reason: 'windowHole',
      window: { from: '2026-11-01T00:00:00.000Z', until: '2026-11-02T00:00:00.000Z' },
      accountId: REGISTRY,
      region: 'us-east-1',
      missing: [{ from: '2026-11-01T23:45:00.000Z', until: '2026-11-02T00:00:00.000Z' }],
      others: [],
    },
  });
});

function isEvents({ path }: SnapshotPart): boolean {
  return path.endsWith('/cloudtrail-events.ndjson');
}

function reasonOf(cause: Cause | undefined) {
  return cause?.kind === 'noEvent' ? cause.why.reason : cause;
}

function brokenEvents(part: SnapshotPart): SnapshotPart {
  return isEvents(part) ? { ...part, content: '{"eventID"\n' } : part;
}
