import { expect, test } from 'vitest';
import { createProgress } from './progress.ts';

function recorded(isTTY: boolean): {
  progress: ReturnType<typeof createProgress>;
  text: () => string;
  wait: (ms: number) => void;
} {
  let text = '';
  let nowMs = 0;
  const stream = { isTTY, columns: 20, write: (more: string) => (text += more) };
  const progress = createProgress(stream, () => nowMs);
  return { progress, text: () => text, wait: (ms) => (nowMs += ms) };
}

test('without a terminal every step is one line, and a long one shows how far it is now and then', () => {
  const { progress, text, wait } = recorded(false);
  progress.update('reading');
  for (let second = 1; second <= 6; second += 1) {
    wait(1_000);
    progress.update('reading', `(${second} s)`);
  }
  progress.update('writing');
  progress.clear();
  expect(text()).toBe('reading\nreading (3 s)\nreading (6 s)\nwriting\n');
});

test('on a terminal one line changes, fits its width, and is taken away', () => {
  const { progress, text } = recorded(true);
  progress.update('reading a long list of things');
  progress.clear();
  expect(text()).toBe('\r\u001B[2Kreading a long list\r\u001B[2K');
});

test('names cannot send control characters to the terminal', () => {
  const { progress, text } = recorded(false);
  progress.note('repository \u001B[2Jx\u202E');
  expect(text()).toBe('repository \uFFFD[2Jx\uFFFD\n');
});

test('nothing is shown after the last line', () => {
  const { progress, text } = recorded(false);
  progress.end('stopping');
  progress.update('writing');
  progress.note('done');
  expect(text()).toBe('stopping\n');
});
