import { randomUUID } from 'node:crypto';
import { PutOff } from '@ecr-audit/jobs';
import { releaseLease, renewLease, takeLease, type Lease, type Store } from '@ecr-audit/store';

// Two renewals may fail before the lease is anybody's.
const renewalsPerLease = 3;

/**
 * Works under a lease that nobody else in the fleet has meanwhile; throws `PutOff` where somebody has it.
 *
 * The lease is renewed while the work goes on and released when it ends, or when `signal` says that the job is somebody
 * else's from now on. While the database is away nobody can take the lease either, so a renewal that fails is no loss.
 */
export async function withLease<T>(
  store: Store,
  options: { readonly key: string; readonly leaseMs: number; readonly retryMs: number; readonly signal: AbortSignal },
  work: (lease: Lease) => Promise<T>,
): Promise<T> {
  const { key, leaseMs, retryMs, signal } = options;
  const lease = { key, holder: randomUUID() };
  if (!(await takeLease(store.sql, lease, leaseMs))) {
    throw new PutOff(`\`${key}\` is being worked on by another job`, { delayMs: retryMs });
  }
  const release = (): void => {
    clearInterval(timer);
    // One that cannot be released expires.
    void releaseLease(store.sql, lease).catch(() => undefined);
  };
  const timer = setInterval(
    () => void renewLease(store.sql, lease, leaseMs).catch(() => undefined),
    leaseMs / renewalsPerLease,
  );
  signal.addEventListener('abort', release, { once: true });
  if (signal.aborted) {
    release();
  }
  try {
    return await work(lease);
  } finally {
    signal.removeEventListener('abort', release);
    clearInterval(timer);
    await releaseLease(store.sql, lease).catch(() => undefined);
  }
}
