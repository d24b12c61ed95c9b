import { type ApiToken, type AuditEntry, saveTokenUses, type Store, writeAuditLog } from '@ecr-audit/store';

/** Who changed what and who read which report, and when tokens were used: written behind the answers. */
export interface AuditTrail {
  record(entry: AuditEntry): void;
  tokenUsed(token: ApiToken): void;
  /** Writes what is waiting. */
  flush(): Promise<void>;
  /** The same at the end; what cannot be written is told as a problem with its number. */
  close(): Promise<void>;
}

export interface AuditTrailOptions {
  readonly store: Store;
  readonly now: () => Date;
  readonly onProblem: (problem: string, error: unknown) => void;
}

// What a process loses that is killed. An answer that waits for its own row would take a millisecond more, each.
const writeEveryMs = 1_000;
const rowsPerStatement = 2_000;
// While the database is away nobody gets in with a token, so that little comes; some megabytes.
const waitingMax = 20_000;
const tokenUseEveryMs = 60_000;

/** Starts a trail. Close it after the API, of which it writes the last requests, and before the store. */
export function startAuditTrail({ store, now, onProblem }: AuditTrailOptions): AuditTrail {
  // Pages of one list, and what a dashboard reads again each second, are one line.
  let waiting = new Map<string, AuditEntry>();
  const changes: AuditEntry[] = [];
  const uses = new Map<string, string>();
  const usesWritten = new Map<string, number>();
  let unrecorded = 0;
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  const write = async (): Promise<void> => {
    const entries = [...changes.splice(0), ...waiting.values()];
    const used = new Map(uses);
    waiting = new Map();
    uses.clear();
    let written = 0;
    try {
      for (; written < entries.length; written += rowsPerStatement) {
        await writeAuditLog(store.sql, entries.slice(written, written + rowsPerStatement));
      }
      if (used.size > 0) {
        await saveTokenUses(store.sql, used);
      }
    } catch (error) {
      for (const entry of entries.slice(written)) {
        keep(entry);
      }
      onProblem('the audit log cannot be written: it is tried again', error);
    }
    if (unrecorded > 0) {
      onProblem(`${unrecorded} requests are not in the audit log: too many waited to be written`, null);
      unrecorded = 0;
    }
  };
  const flush = async (): Promise<void> => {
    // One after the other, so that whoever waits for this knows that everything before is written.
    writing = writing.then(write);
    await writing;
    if (changes.length + waiting.size > 0) {
      later();
    }
  };
  const later = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      void flush();
    }, writeEveryMs).unref();
  };
  const keep = (entry: AuditEntry): void => {
    const key = entry.isChange ? null : keyOf(entry);
    const same = key === null ? undefined : waiting.get(key);
    if (key !== null && same !== undefined) {
      waiting.set(key, { ...same, times: same.times + entry.times });
    } else if (changes.length + waiting.size >= waitingMax) {
      unrecorded += entry.times;
    } else if (key === null) {
      changes.push(entry);
    } else {
      waiting.set(key, entry);
    }
  };

  return {
    record: (entry) => {
      keep(entry);
      later();
    },
    tokenUsed: ({ id, lastUsedAt }) => {
      const nowMs = now().getTime();
      const last = Math.max(usesWritten.get(id) ?? 0, lastUsedAt === null ? 0 : Date.parse(lastUsedAt));
      if (nowMs - last < tokenUseEveryMs) {
        return;
      }
      usesWritten.set(id, nowMs);
      uses.set(id, new Date(nowMs).toISOString());
      later();
    },
    flush,
    close: async () => {
      if (timer !== null) {
        clearTimeout(timer);
      }
      await flush();
      const left = changes.length + waiting.size;
      if (timer !== null) {
        clearTimeout(timer);
      }
      if (left > 0) {
        onProblem(`${left} lines of the audit log are lost: the database did not take them`, null);
      }
    },
  };
}

function keyOf({ actor, operation, path, parameters, status }: AuditEntry): string {
  return JSON.stringify([actor.kind, actor.id, operation, path, parameters, status]);
}
