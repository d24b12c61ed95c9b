/** How long answers take: the mean, and how far a single one may be off. The same seed gives the same times in order. */
export interface Latency {
  readonly meanMs: number;
  readonly jitterMs?: number;
  readonly seed?: number;
}

/** Gives the times one after the other. */
export function latencies({ meanMs, jitterMs = 0, seed = 1 }: Latency): () => number {
  let state = seed >>> 0;
  return () => {
    // mulberry32: small, fast, and good enough to spread answers.
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    const share = ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
    return Math.max(0, meanMs + (share * 2 - 1) * jitterMs);
  };
}
