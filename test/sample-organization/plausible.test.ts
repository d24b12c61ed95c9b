import { answerRequest, type Decision, type Snapshot } from '@ecr-audit/access';
import { expect, test } from 'vitest';
import { type Actor, nameOf } from './activity/actor.ts';
import type { ApiCall } from './activity/api-call.ts';
import { incidentCalls } from './activity/incidents.ts';
import { releaseCalls } from './activity/releases.ts';
import { changes } from './changes/changes.ts';
import { repositoryArn } from './documents.ts';
import { samplePoints } from './sample-points.ts';
import { firstTakenAt } from './times.ts';

const { before, after } = samplePoints();

// What AWS does by itself asks nobody.
const calls = [...releaseCalls(), ...incidentCalls(), ...changes().flatMap((change) => change.calls)].filter(
  (call) => call.service === 'ecr' && call.serviceEventDetails === undefined,
);
const done = calls.filter((call) => call.error === undefined);
const refused = calls.filter((call) => call.error !== undefined);

test('both points assemble without a document that cannot be read', () => {
  expect([...before.problems, ...after.problems]).toEqual([]);
});

test('whatever the history shows as done could be done at one of the two points', () => {
  const impossible = done.filter((call) => isDenied(decisionOf(before, call)) && isDenied(decisionOf(after, call)));
  expect(done.length).toBeGreaterThan(200);
  expect(impossible.map(described)).toEqual([]);
});

test('whatever was done before the first point could be done at it', () => {
  const earlier = done.filter((call) => Date.parse(call.at) < Date.parse(firstTakenAt));
  const impossible = earlier.filter(
    (call) => !['allowed', 'conditional', 'unknown'].includes(decisionOf(before, call) ?? ''),
  );
  expect(earlier.length).toBeGreaterThan(100);
  expect(impossible.map(described)).toEqual([]);
});

test('whatever was refused was denied at the first point', () => {
  const possible = refused.filter((call) => !isDenied(decisionOf(before, call)));
  expect(refused.length).toBeGreaterThanOrEqual(8);
  expect(possible.map(described)).toEqual([]);
});

function isDenied(decision: Decision | undefined): boolean {
  return decision === 'explicitDeny' || decision === 'implicitDeny';
}

/** Undefined for a principal that is not there at this point. */
function decisionOf(snapshot: Snapshot, call: ApiCall): Decision | undefined {
  const answer = answerRequest(snapshot, {
    principal: principalOf(call.actor),
    action: `ecr:${call.name}`,
    resource: resourceOf(call),
    region: call.region,
  });
  return 'error' in answer ? undefined : answer.decision;
}

function principalOf(actor: Actor): string {
  switch (actor.kind) {
    case 'role':
      return `arn:aws:sts::${actor.accountId}:assumed-role/${nameOf(actor.arn)}/${actor.session}`;
    case 'user':
      return actor.arn;
    case 'service':
      return actor.service;
    default:
      throw new Error(`unknown actor ${JSON.stringify(actor satisfies never)}`);
  }
}

function resourceOf(call: ApiCall): string {
  const [registryId, name] = [call.request?.['registryId'], call.request?.['repositoryName']];
  const isNamed = typeof registryId === 'string' && typeof name === 'string';
  return isNamed ? repositoryArn(registryId, call.region, name) : (call.resources?.[0]?.arn ?? '*');
}

function described(call: ApiCall): string {
  return `${call.at} ${principalOf(call.actor)} ${call.name} ${resourceOf(call)}`;
}
