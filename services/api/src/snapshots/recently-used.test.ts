import { expect, it } from 'vitest';
import { recentlyUsed } from './recently-used.ts';

it('makes a value once, however many ask for it at the same time', async () => {
  const cache = recentlyUsed<string>(2);
  const made = Promise.withResolvers<string>();
  let times = 0;
  const make = (): Promise<string> => {
    times += 1;
    return made.promise;
  };
  const asked = [cache.get('a', make), cache.get('a', make)];
  made.resolve('value');
  expect(await Promise.all(asked)).toEqual(['value', 'value']);
  expect(times).toBe(1);
});

it('forgets what was asked for longest ago, never more than its bound', async () => {
  const cache = recentlyUsed<string>(2);
  const made: string[] = [];
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) {
    await cache.get(key, async () => {
      made.push(key);
      return await Promise.resolve(key);
    });
  }
  expect(made).toEqual(['a', 'b', 'c', 'b']);
});

it('tries again after a failure', async () => {
  const cache = recentlyUsed<string>(2);
  const failing = cache.get('a', () => Promise.reject(new Error('the database is away')));
  await expect(failing).rejects.toThrow('the database is away');
  expect(await cache.get('a', () => Promise.resolve('value'))).toBe('value');
});
