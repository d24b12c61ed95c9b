import { printable } from './printable.ts';

/** What the command is doing, on standard error. */
export interface Progress {
  /** The present step; `detail` says how far it is. */
  update(step: string, detail?: string): void;
  /** A line that stays. */
  note(text: string): void;
  /** Takes the changing line away. */
  clear(): void;
  /** A last line; nothing is shown after it. */
  end(text: string): void;
}

interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

// A log has no use for every hundredth of a step.
const plainIntervalMs = 3_000;
const redrawIntervalMs = 80;

/** One changing line on a terminal; elsewhere plain lines, one for each step and then one every few seconds. */
export function createProgress(stream: ProgressStream, now: () => number): Progress {
  const shown = stream.isTTY === true ? changingLine(stream, now) : plainLines(stream, now);
  let isEnded = false;
  return {
    update: (step, detail) => (isEnded ? undefined : shown.update(step, detail)),
    note: (text) => (isEnded ? undefined : shown.note(text)),
    clear: () => (isEnded ? undefined : shown.clear()),
    end: (text) => {
      shown.note(text);
      isEnded = true;
    },
  };
}

type ShownProgress = Omit<Progress, 'end'>;

function changingLine(stream: ProgressStream, now: () => number): ShownProgress {
  let isShown = false;
  let lastStep = '';
  let lastAt = 0;
  const clear = (): void => {
    if (isShown) {
      stream.write('\r\u001B[2K');
    }
    isShown = false;
  };
  return {
    update: (step, detail = '') => {
      if (step === lastStep && now() - lastAt < redrawIntervalMs) {
        return;
      }
      lastStep = step;
      lastAt = now();
      const line = printable(`${step}${detail === '' ? '' : ` ${detail}`} …`).slice(0, widthOf(stream) - 1);
      stream.write(`\r\u001B[2K${line}`);
      isShown = true;
    },
    note: (text) => {
      clear();
      stream.write(`${printable(text)}\n`);
    },
    clear,
  };
}

// A terminal that does not know its width says 0.
function widthOf({ columns = 0 }: ProgressStream): number {
  return columns === 0 ? 80 : columns;
}

function plainLines(stream: ProgressStream, now: () => number): ShownProgress {
  let lastStep = '';
  let lastAt = 0;
  return {
    update: (step, detail = '') => {
      if (step === lastStep && now() - lastAt < plainIntervalMs) {
        return;
      }
      lastStep = step;
      lastAt = now();
      stream.write(`${printable(`${step}${detail === '' ? '' : ` ${detail}`}`)}\n`);
    },
    note: (text) => void stream.write(`${printable(text)}\n`),
    clear: () => undefined,
  };
}
