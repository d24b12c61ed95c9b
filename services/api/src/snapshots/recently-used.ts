/** Keeps the latest few of something that is costly to make. */
export interface Cache<Value> {
  /** The value of `key`, made by `make` where it is not kept. Who asks meanwhile waits for the same; a failure is not kept. */
  get(key: string, make: () => Promise<Value>): Promise<Value>;
}

/** A cache that forgets what was asked for longest ago when it has more than `entriesMax`. */
export function recentlyUsed<Value>(entriesMax: number): Cache<Value> {
  // A map goes by insertion, so the first key is the one that was asked for longest ago.
  const kept = new Map<string, Promise<Value>>();
  return {
    get: async (key, make) => {
      const found = kept.get(key);
      kept.delete(key);
      const value = found ?? make();
      kept.set(key, value);
      for (const oldest of kept.keys()) {
        if (kept.size <= entriesMax) {
          break;
        }
        kept.delete(oldest);
      }
      try {
        return await value;
      } catch (error) {
        if (kept.get(key) === value) {
          kept.delete(key);
        }
        throw error;
      }
    },
  };
}
