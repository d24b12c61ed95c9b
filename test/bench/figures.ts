/** The middle of the figures; of an even number, halfway between the two in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

export function medianOf<Measured>(runs: readonly Measured[], pick: (run: Measured) => number): number {
  return median(runs.map(pick));
}

/** Milliseconds, in the unit that people read. */
export function duration(ms: number): string {
  if (ms >= 1000) {
    return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
  }
  return `${ms.toFixed(ms < 10 ? 2 : 0)} ms`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** A figure beside what it should be at most. */
export function against(figure: number, target: number, show: (figure: number) => string): string {
  return `${show(figure)} of ${show(target)} ${figure <= target ? 'ok' : 'MISSED'}`;
}

/** Prints a table whose first line is its head; the first column is flush left, the others right. */
export function printTable(lines: readonly (readonly string[])[]): void {
  const columns = Math.max(...lines.map((line) => line.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  );
  for (const line of lines) {
    const cells = widths.map((width, column) => {
      const cell = line[column] ?? '';
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    process.stdout.write(`${cells.join('   ').trimEnd()}\n`);
  }
}

export function printTitle(title: string): void {
  process.stdout.write(`\n${title}\n`);
}
