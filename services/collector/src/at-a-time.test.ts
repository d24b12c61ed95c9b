import { expect, it } from 'vitest';
import { atATime } from './at-a-time.ts';

it('no more than so many run at a time, and all of them run', async () => {
  let running = 0;
  let most = 0;
  const done: number[] = [];
  await atATime([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    done.push(item);
  });
  expect([most, new Set(done)]).toEqual([3, new Set([1, 2, 3, 4, 5, 6, 7])]);
});

it('one that fails does not keep the others from running, and its error comes at the end', async () => {
  const done: number[] = [];
  const running = atATime([1, 2, 3], 1, async (item) => {
    await (item === 1 ? Promise.reject(new Error('the first')) : Promise.resolve(done.push(item)));
  });
  await expect(running).rejects.toThrow('the first');
  expect(done).toEqual([2, 3]);
});

it('nothing to do is done', async () => {
  await expect(atATime([], 4, async () => await Promise.reject(new Error('never')))).resolves.toBeUndefined();
});
