import { describe, expect, test } from 'vitest';
import { changes } from './changes/changes.ts';
import { readPoint, type SamplePoint } from './read-sample.ts';
import { pointDirectories, sampleOrganization } from './sample-organization.ts';

const files = sampleOrganization();
const before = readPoint(files, pointDirectories.before);
const after = readPoint(files, pointDirectories.after);
const weekly = after.events.flatMap(({ content }) => content);

test('at least ten kinds of change lie between the two points', () => {
  expect(new Set(changes().map((change) => change.kind)).size).toBeGreaterThanOrEqual(10);
});

describe.each(changes().map((change) => [change.kind, change] as const))('%s', (_kind, change) => {
  test('its calls were recorded in the week, by the account of the caller', () => {
    for (const call of change.calls) {
      const recorded = weekly.filter(
        ({ record }) =>
          record.eventName === call.name &&
          Date.parse(record.eventTime) === Date.parse(call.at) &&
          record.awsRegion === call.region &&
          record.recipientAccountId === call.actor.accountId,
      );
      expect(recorded).toHaveLength(1);
      expect(recorded[0]?.record.errorCode).toBeUndefined();
    }
  });
});

/** What there is at one point by its ARN or id, each with a text of all that is said of it. */
type Inventory = ReadonlyMap<string, string>;

type Recorded = (typeof weekly)[number]['record'];

const kinds: [string, (point: SamplePoint) => Inventory, (record: Recorded) => string | null][] = [
  ['repository', repositoriesOf, repositoryIn(['CreateRepository', 'DeleteRepository', 'PutImageTagMutability'])],
  ['repository policy', repositoryPoliciesOf, repositoryIn(['SetRepositoryPolicy', 'DeleteRepository'])],
  ['user', (point) => principalsOf(point, 'UserDetailList'), (record) => identityIn(record, 'user')],
  ['role', (point) => principalsOf(point, 'RoleDetailList'), (record) => identityIn(record, 'role')],
  ['managed policy', managedPoliciesOf, (record) => parameter(record, 'policyArn')],
  ['organization policy', organizationPoliciesOf, (record) => parameter(record, 'policyId')],
];

test.each(kinds)(
  'whatever %s differs is what a recorded change of the week was about',
  (_what, inventory, subjectOf) => {
    const differing = differences(inventory(before), inventory(after));
    const unread = new Set(after.snapshot.gaps.map((gap) => gap.resource));
    const changed = new Set(
      weekly.flatMap(({ record }) => (record.errorCode === undefined ? [subjectOf(record)] : [])),
    );
    expect(differing.length).toBeGreaterThan(0);
    expect(differing.filter((key) => !changed.has(key) && !unread.has(key))).toEqual([]);
  },
);

test('a policy that could not be read is a gap at the second point and was there at the first', () => {
  const unread = after.snapshot.gaps
    .filter((gap) => gap.source === 'ecr:GetRepositoryPolicy')
    .map((gap) => gap.resource ?? '');
  expect(unread).toHaveLength(1);
  expect(unread.filter((arn) => !repositoryPoliciesOf(before).has(arn))).toEqual([]);
  expect(unread.filter((arn) => repositoryPoliciesOf(after).has(arn))).toEqual([]);
});

test('the window of the second point begins where that of the first ends', () => {
  const end = new Set(before.windows.map(({ content }) => content.endTime));
  const start = new Set(after.windows.map(({ content }) => content.startTime));
  expect(end).toEqual(start);
  expect(before.windows.every(({ content }) => content.complete)).toBe(true);
  expect(after.windows.filter(({ content }) => !content.complete)).toHaveLength(1);
});

function repositoriesOf(point: SamplePoint): Inventory {
  return new Map(
    point.repositories.flatMap(({ content }) =>
      content.repositories.map((repository): [string, string] => [
        repository.repositoryArn,
        repository.imageTagMutability,
      ]),
    ),
  );
}

function repositoryPoliciesOf(point: SamplePoint): Inventory {
  return new Map(
    point.repositoryPolicies.flatMap(({ region, content }) =>
      content.map((entry): [string, string] => [
        `arn:aws:ecr:${region}:${entry.registryId}:repository/${entry.repositoryName}`,
        withArns(entry.policyText),
      ]),
    ),
  );
}

/** An ARN that gives way to a unique id tells that a role was deleted, not that somebody saved the policy. */
function withArns(policyText: string): string {
  const roles = before.iam.flatMap(({ content }) => content.RoleDetailList);
  return policyText.replaceAll(/AROA[A-Z2-7]{17}/g, (id) => roles.find((role) => role.RoleId === id)?.Arn ?? id);
}

function principalsOf(point: SamplePoint, list: 'UserDetailList' | 'RoleDetailList'): Inventory {
  return new Map(
    point.iam.flatMap(({ accountId, content }) =>
      content[list].map((principal): [string, string] => [
        `${accountId} ${principal.Arn.slice(principal.Arn.lastIndexOf('/') + 1)}`,
        JSON.stringify({ ...principal, RoleLastUsed: undefined }),
      ]),
    ),
  );
}

function managedPoliciesOf(point: SamplePoint): Inventory {
  return new Map(
    point.iam.flatMap(({ content }) =>
      content.Policies.map((policy): [string, string] => [policy.Arn, JSON.stringify(policy.PolicyVersionList)]),
    ),
  );
}

function organizationPoliciesOf(point: SamplePoint): Inventory {
  return new Map(
    point.organization.Policies.map((policy): [string, string] => [
      policy.PolicySummary.Id,
      JSON.stringify(policy.Targets),
    ]),
  );
}

function differences(one: Inventory, other: Inventory): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((key) => one.get(key) !== other.get(key));
}

function repositoryIn(eventNames: readonly string[]): (record: Recorded) => string | null {
  return (record) => {
    const [registryId, name] = [parameter(record, 'registryId'), parameter(record, 'repositoryName')];
    return eventNames.includes(record.eventName)
      ? `arn:aws:ecr:${record.awsRegion}:${registryId}:repository/${name}`
      : null;
  };
}

/** The calls of IAM name users and roles without their path. */
function identityIn(record: Recorded, kind: 'user' | 'role'): string | null {
  const name = parameter(record, `${kind}Name`);
  return name === null ? null : `${record.recipientAccountId} ${name}`;
}

function parameter(record: Recorded, name: string): string | null {
  const value = record.requestParameters?.[name];
  return typeof value === 'string' ? value : null;
}
