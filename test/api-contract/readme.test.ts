import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runLine } from './harness/run-shell.ts';
import { type SampleServer, startSampleServer } from './harness/sample-server.ts';

let server: SampleServer;
beforeAll(async () => {
  server = await startSampleServer();
});
afterAll(async () => {
  await server.stop();
});

const readme = readFileSync(path.join(import.meta.dirname, '../../services/api/README.md'), 'utf8');
/** Each command with what the README shows below it. */
const examples = [...readme.matchAll(/^ {4}\$ (.+)\n {4}(.+)$/gm)].map(([, command = '', shown = '']) => ({
  command,
  shown,
}));

it('shows examples', () => {
  expect(examples.length).toBeGreaterThanOrEqual(3);
  expect(examples.every(({ command }) => command.startsWith('curl '))).toBe(true);
});

it.each(examples)(
  '$command answers as the README shows, which leaves out what `…` stands for',
  async ({ command, shown }) => {
    const answer = await runLine(command, server.url);
    let from = 0;
    for (const part of shown.split('…')) {
      const found = answer.indexOf(part, from);
      expect(found, `\`${part}\` in ${answer.slice(from, from + 1_000)}`).toBeGreaterThanOrEqual(from);
      from = found + part.length;
    }
    expect(answer.startsWith(shown.split('…')[0] ?? '') && answer.endsWith(shown.split('…').at(-1) ?? '')).toBe(true);
  },
);
