import { describe, expect, test } from 'vitest';
import { readPoint, type SamplePoint } from './read-sample.ts';
import { pointDirectories, sampleOrganization } from './sample-organization.ts';

const files = sampleOrganization();
const points = Object.values(pointDirectories).map((directory): [string, SamplePoint] => [
  directory,
  readPoint(files, directory),
]);

describe.each(points)('%s', (_directory, point) => {
  const events = point.events.flatMap(({ content }) => content);

  test('events stand in the account, region and window that recorded them, newest first and once each', () => {
    for (const { accountId, region, content } of point.events) {
      const window = point.windows.find(
        (candidate) => candidate.accountId === accountId && candidate.region === region,
      )?.content;
      const times = content.map(({ listed }) => Date.parse(listed.EventTime));
      expect(times).toEqual(times.toSorted((a, b) => b - a));
      expect(new Set(content.map(({ listed }) => listed.EventId)).size).toBe(content.length);
      for (const { listed, record } of content) {
        expect(record).toMatchObject({
          eventID: listed.EventId,
          eventName: listed.EventName,
          awsRegion: region,
          recipientAccountId: accountId,
        });
        expect(Date.parse(record.eventTime)).toBe(Date.parse(listed.EventTime));
        expect(Date.parse(listed.EventTime)).toBeGreaterThanOrEqual(Date.parse(window?.startTime ?? ''));
        expect(Date.parse(listed.EventTime)).toBeLessThan(Date.parse(window?.endTime ?? ''));
      }
    }
  });

  test.each(['GetAuthorizationToken', 'BatchGetImage', 'GetDownloadUrlForLayer', 'PutImage', 'CompleteLayerUpload'])(
    'images are used: %s',
    (name) => {
      expect(events.filter(({ listed }) => listed.EventName === name).length).toBeGreaterThanOrEqual(5);
    },
  );

  test.each(['IAMUser', 'AssumedRole', 'AWSAccount', 'AWSService', 'WebIdentityUser', undefined])(
    'somebody of type %s calls',
    (type) => {
      expect(events.some(({ record }) => record.userIdentity.type === type)).toBe(true);
    },
  );

  test('calls were refused, and a refused call names the action', () => {
    const refused = events.filter(({ record }) => record.errorCode === 'AccessDenied');
    expect(refused.length).toBeGreaterThanOrEqual(4);
    expect(refused.every(({ listed }) => listed.CloudTrailEvent.includes(`ecr:${listed.EventName}`))).toBe(true);
  });

  test('a pull across accounts is recorded on both sides under one shared id', () => {
    const foreign = events.filter(({ record }) => record.userIdentity.type === 'AWSAccount');
    const shared = new Set(foreign.map(({ record }) => record['sharedEventID']));
    const callers = events.filter(
      ({ record }) => shared.has(record['sharedEventID']) && record.userIdentity.type === 'AssumedRole',
    );
    expect(callers.length).toBeGreaterThanOrEqual(5);
    expect(callers.every(({ record }) => record.requestParameters?.['registryId'] !== record.recipientAccountId)).toBe(
      true,
    );
  });
});

test('whoever calls exists at one of the two points under the id that CloudTrail names', () => {
  const known = new Set(
    points.flatMap(([, point]) =>
      point.iam.flatMap(({ content }) => [
        ...content.UserDetailList.map((user) => user.UserId),
        ...content.RoleDetailList.map((role) => role.RoleId),
      ]),
    ),
  );
  const callers = points.flatMap(([, point]) =>
    point.events.flatMap(({ content }) =>
      content.flatMap(({ record }) => {
        const { type, principalId, sessionContext } = record.userIdentity;
        const id = sessionContext?.sessionIssuer.principalId ?? principalId;
        return id !== undefined && (type === 'IAMUser' || type === 'AssumedRole') ? [id] : [];
      }),
    ),
  );
  expect(callers.length).toBeGreaterThan(200);
  expect(callers.filter((id) => !known.has(id))).toEqual([]);
});
