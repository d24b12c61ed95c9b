import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldEvents } from './fold-events.ts';
import { parseEvent } from './parse-event.ts';

const options = {
  recordedIn: { accountId: '111122223333', region: 'eu-west-1' },
  latestMs: Date.parse('2026-11-22T12:00:00Z'),
};
const whole = {
  eventID: 'e1',
  eventTime: '2026-11-20T10:00:00Z',
  eventSource: 'ecr.amazonaws.com',
  eventName: 'PutImage',
  userIdentity: { type: 'IAMUser', principalId: 'AIDAEXAMPLEEXAMPLE001' },
  requestParameters: { repositoryName: 'shop/api' },
};
const reasonOf = (raw: unknown): string => {
  const parsed = parseEvent(raw, options);
  return parsed.kind === 'rejected' ? parsed.reason : parsed.event.outcome.kind;
};

describe('an event that cannot be read is counted with its reason, and never thrown', () => {
  test.each([
    ['nothing', undefined, 'notAnObject'],
    ['a number', 7, 'notAnObject'],
    ['a list', [whole], 'notAnObject'],
    ['broken JSON', '{"eventID": ', 'brokenJson'],
    ['an answer whose record is broken', { EventId: 'e1', CloudTrailEvent: '{' }, 'brokenJson'],
    ['a text larger than any event', ' '.repeat(3_000_000), 'tooLarge'],
    ['no id', { ...whole, eventID: undefined }, 'noEventId'],
    ['an id that is a list', { ...whole, eventID: ['e1'] }, 'noEventId'],
    ['no name', { ...whole, eventName: '' }, 'noEventName'],
    ['no source', { ...whole, eventSource: null }, 'noEventName'],
    ['no time', { ...whole, eventTime: undefined }, 'badTime'],
    ['a time that is a number', { ...whole, eventTime: 1_790_000_000 }, 'badTime'],
    ['a day that there is not', { ...whole, eventTime: '2026-02-31T10:00:00Z' }, 'badTime'],
    ['the year 275760', { ...whole, eventTime: '275760-01-01T00:00:00Z' }, 'badTime'],
    ['a time before CloudTrail', { ...whole, eventTime: '1970-01-01T00:00:00Z' }, 'badTime'],
    ['a time to come', { ...whole, eventTime: '2027-01-01T00:00:00Z' }, 'badTime'],
  ])('%s', (_title, raw, reason) => {
    expect(reasonOf(raw)).toBe(reason);
  });
});

describe('what an event holds is bounded', () => {
  test('a manifest of a megabyte is not kept, and the push counts', () => {
    const imageManifest = 'm'.repeat(1_000_000);
    const parsed = parseEvent(
      JSON.stringify({ ...whole, requestParameters: { repositoryName: 'shop/api', imageManifest } }),
      options,
    );
    expect(parsed).toMatchObject({ kind: 'event', event: { outcome: { kind: 'use' } } });
    expect(JSON.stringify(parsed).length).toBeLessThan(2_000);
  });

  test('requests of changes are cut with a mark, policies are whole, secrets and manifests are gone', () => {
    const deep = Array.from({ length: 50 }).reduce<object>((inner) => ({ inner }), {});
    const parsed = parseEvent(
      {
        ...whole,
        eventSource: 'iam.amazonaws.com',
        eventName: 'PutRolePolicy',
        requestParameters: {
          roleName: 'deploy',
          policyDocument: 'p'.repeat(20_000),
          description: 'd'.repeat(20_000),
          many: Array.from({ length: 1000 }, (_, index) => index),
          deep,
          externalId: 'secret',
          SecretAccessKey: 'secret',
          password: 'secret',
          zero: 'a\0b',
          half: '\uD800',
        },
      },
      options,
    );
    const text = JSON.stringify(parsed);
    expect(text).not.toContain('secret');
    expect(text).not.toContain('\\u0000');
    expect(text).not.toContain('\\ud800');
    expect(text.length).toBeLessThan(30_000);
    expect(parsed).toMatchObject({
      event: {
        outcome: {
          change: {
            detail: {
              request: { policyDocument: 'p'.repeat(20_000), description: { truncated: 20_000 }, zero: 'a\uFFFDb' },
            },
          },
        },
      },
    });
  });

  test('everything together is bounded, however many large members there are', () => {
    const requestParameters = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`k${index}`, { policyDocument: 'p'.repeat(60_000) }]),
    );
    const parsed = parseEvent({ ...whole, eventName: 'SetRepositoryPolicy', requestParameters }, options);
    expect(JSON.stringify(parsed).length).toBeLessThan(200_000);
  });
});

test('whatever JSON comes, each event is one of the outcomes and nothing is thrown', () => {
  const field = fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(whole)));
  const record = fc.oneof(
    fc.jsonValue(),
    fc.record(Object.fromEntries(Object.keys(whole).map((key) => [key, field])), { requiredKeys: [] }),
    fc
      .record({ userIdentity: field, requestParameters: field, resources: field })
      .map((more) => ({ ...whole, ...more })),
  );
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          record,
          record.map((value) => JSON.stringify(value)),
          fc.string(),
        ),
      ),
      (raws) => {
        const folded = foldEvents(raws, options);
        const ignored = Object.values(folded.ignored).reduce((sum, count) => sum + count, 0);
        const occurrences = new Set(folded.uses).size;
        expect(folded.events).toBe(raws.length);
        expect(folded.rejected.length + ignored + folded.changes.length + folded.sessions.length).toBeLessThanOrEqual(
          raws.length,
        );
        expect(folded.groups.length).toBeLessThanOrEqual(occurrences);
      },
    ),
    { numRuns: 500 },
  );
});
