import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, test } from 'vitest';

const module = path.join(import.meta.dirname, 'on-shutdown.ts');

/** Runs a program, sends each signal when the program prints `ready` or `again`, and returns what it said and how it ended. */
async function run(program: string, signal: NodeJS.Signals): Promise<{ output: string; code: number | null }> {
  const source = `import { onShutdown } from ${JSON.stringify(module)};\nsetInterval(() => {}, 1000);\n${program}\nconsole.log('ready');`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (/ready|again/.test(text)) {
      child.kill(signal);
    }
  });
  const [code]: unknown[] = await once(child, 'close');
  return { output: output.replace('ready\n', ''), code: typeof code === 'number' ? code : null };
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s runs the handlers, the last one first, and exits with 0',
  async (signal) => {
    const program = `
    onShutdown(async (signal) => { await null; console.log('first', signal); });
    onShutdown(() => console.log('second'));`;
    expect(await run(program, signal)).toEqual({ output: `second\nfirst ${signal}\n`, code: 0 });
  },
);

test('a second signal exits at once with the code of the signal', async () => {
  const program = `onShutdown(() => { console.log('again'); return new Promise(() => {}); });`;
  expect(await run(program, 'SIGTERM')).toEqual({ output: 'again\n', code: 143 });
  expect(await run(program, 'SIGINT')).toEqual({ output: 'again\n', code: 130 });
});

test('a handler that hangs is given up after the time that it has, and the exit code is 1', async () => {
  const program = `
    const onProblem = (problem) => console.log(problem);
    onShutdown(() => new Promise(() => {}), { timeoutMs: 10, onProblem });`;
  expect(await run(program, 'SIGTERM')).toEqual({ output: 'the shutdown took longer than 10 ms\n', code: 1 });
});

test('a handler that fails does not keep the others from running, and the exit code is 1', async () => {
  const program = `
    onShutdown(() => console.log('first'));
    onShutdown(() => { throw new Error('no'); }, { onProblem: (problem, error) => console.log(problem, error.message) });`;
  expect(await run(program, 'SIGTERM')).toEqual({ output: 'a shutdown handler failed no\nfirst\n', code: 1 });
});

test('a handler that was taken back does not run, and without handlers a signal ends the process as usual', async () => {
  expect(await run(`onShutdown(() => console.log('first'))();`, 'SIGTERM')).toEqual({ output: '', code: null });
});
