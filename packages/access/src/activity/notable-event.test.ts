import { expect, test } from 'vitest';
import { foldEvents } from './fold-events.ts';

const place = { accountId: '111122223333', region: 'eu-west-1' };
const options = { recordedIn: place, latestMs: Date.parse('2026-11-23T00:00:00Z') };

function record(eventName: string, changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    eventVersion: '1.11',
    eventID: `id of ${eventName} ${JSON.stringify(changes)}`,
    eventTime: '2026-11-20T10:00:00Z',
    eventSource: 'ecr.amazonaws.com',
    eventName,
    awsRegion: place.region,
    recipientAccountId: place.accountId,
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLE',
      arn: `arn:aws:iam::${place.accountId}:user/anna`,
      accountId: place.accountId,
      userName: 'anna',
    },
    requestParameters: { repositoryName: 'prod/app' },
    ...changes,
  };
}

const refused = { errorCode: 'AccessDenied', errorMessage: 'not authorized' };

test('what somebody was refused at a repository is told one by one, with the repository', () => {
  const { notable, uses, changes } = foldEvents(
    [record('SetRepositoryPolicy', refused), record('PutImage', refused)],
    options,
  );
  expect(notable.map(({ event, resources }) => [event.eventName, event.errorCode, resources])).toEqual([
    ['SetRepositoryPolicy', 'AccessDenied', [{ ...place, repository: 'prod/app' }]],
    ['PutImage', 'AccessDenied', [{ ...place, repository: 'prod/app' }]],
  ]);
  expect([uses, changes]).toEqual([[], []]);
});

test('deletions of images are told one by one, and counted as use', () => {
  const { notable, uses } = foldEvents([record('BatchDeleteImage')], options);
  expect(notable.map(({ event }) => event.eventName)).toEqual(['BatchDeleteImage']);
  expect(uses).toHaveLength(1);
});

test.each([
  ['a push', record('PutImage')],
  ['a refused read', record('BatchGetImage', refused)],
  ['a call that failed otherwise', record('PutImage', { errorCode: 'ImageAlreadyExistsException' })],
  ['a refusal of another service', record('PutImage', { ...refused, eventSource: 's3.amazonaws.com' })],
])('%s is not told by itself', (_, event) => {
  expect(foldEvents([event], options).notable).toEqual([]);
});
