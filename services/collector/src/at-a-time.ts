/**
 * Runs `work` for each item, at most so many at a time, and waits for all of them. Throws the first error then: what the
 * others did is not thrown away.
 */
export async function atATime<T>(items: readonly T[], max: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const errors: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (const item of waiting) {
      await work(item).catch((error: unknown) => errors.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(max, items.length) }, lane));
  if (errors.length > 0) {
    throw errors[0];
  }
}
