import { readdirSync, readFileSync } from 'node:fs';

// What the kernel counts processor time in; 100 a second on every Linux that Node.js runs on.
const ticksPerSecond = 100;

/** Seconds on the processor of a process and of those that it started, so far; null where the system does not tell. */
export function processorSeconds(pid: number): number | null {
  const all = processes();
  if (all === null) {
    return null;
  }
  const total = (id: number): number =>
    (all.get(id)?.seconds ?? 0) +
    [...all].filter(([, { parent }]) => parent === id).reduce((sum, [child]) => sum + total(child), 0);
  return total(pid);
}

/** The process that started another one; null where the system does not tell. */
export function parentOf(pid: number): number | null {
  return processes()?.get(pid)?.parent ?? null;
}

/** The most memory that a process has had; null where the system does not tell. */
export function peakBytes(pid: number): number | null {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}

function processes(): ReadonlyMap<number, { readonly parent: number; readonly seconds: number }> | null {
  try {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return new Map(pids.flatMap((name) => entryOf(name)));
  } catch {
    return null;
  }
}

function entryOf(pid: string): readonly [number, { readonly parent: number; readonly seconds: number }][] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold anything. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent = 0, own = 0, system = 0] = [fields[1], fields[11], fields[12]];
    // Its ended children are counted by their parent.
    const [ended = 0, endedSystem = 0] = [fields[13], fields[14]];
    return [[Number(pid), { parent, seconds: (own + system + ended + endedSystem) / ticksPerSecond }]];
  } catch {
    return [];
  }
}
