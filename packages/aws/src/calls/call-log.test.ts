import { expect, test } from 'vitest';

import { CallCounter, unknownAccount } from './call-log.ts';

const call = { accountId: '111122223333', operation: 'ecr:DescribeRegistry', result: 'ok' } as const;

test('attempts are added up by account, operation and result, and sorted by them', () => {
  const log = new CallCounter();
  log.add({ ...call, accountId: '444455556666' });
  log.add(call);
  log.add({ ...call, result: 'throttled' });
  log.add(call);
  expect(log.counts()).toEqual([
    { ...call, count: 2 },
    { ...call, result: 'throttled', count: 1 },
    { ...call, accountId: '444455556666', count: 1 },
  ]);
  expect(log.throttled()).toBe(1);
});

test('what was drained is not drained again, and stays in the whole', () => {
  const log = new CallCounter();
  log.add(call);
  expect(log.drain()).toEqual([{ ...call, count: 1 }]);
  expect(log.drain()).toEqual([]);
  log.add(call);
  expect(log.drain()).toEqual([{ ...call, count: 1 }]);
  expect(log.counts()).toEqual([{ ...call, count: 2 }]);
});

test('calls made before the account was known are counted with those of the account', () => {
  const log = new CallCounter();
  log.add({ ...call, accountId: unknownAccount });
  log.add(call);
  expect(log.counts().map(({ accountId }) => accountId)).toEqual(['111122223333', 'caller']);
  log.callerIs('111122223333');
  expect(log.counts()).toEqual([{ ...call, count: 2 }]);
});
