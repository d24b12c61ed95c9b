import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeSnapshotDirectory } from '@ecr-audit/aws';
import { type CommandContext, explainCommand } from '@ecr-audit/cli';
import { expect, test } from 'vitest';
import { differences } from './difference.ts';
import { loadConformanceFiles } from './load.ts';

/** Cases that ask the same organization share a directory, so that it is written and read once. */
const cases = loadConformanceFiles().flatMap((file) => file.cases);
const bySnapshot = [...Map.groupBy(cases, ({ parts }) => JSON.stringify(parts)).values()];

/** Runs `explain --snapshot DIR --requests FILE` in this process, and returns what it prints. */
async function explain(snapshot: string, requests: string): Promise<string> {
  let printed = '';
  const context: CommandContext = {
    lifecycle: {
      defer: () => {},
      untilStopped: async () => {},
      isEnding: () => false,
      end: (exitCode) => Promise.reject(new Error(`the command ended with ${exitCode}`)),
    },
    output: {
      isTerminal: false,
      write: async (text) => {
        printed += text;
      },
      flush: async () => {},
    },
    progress: { update: () => {}, note: () => {}, clear: () => {}, end: () => {} },
    now: () => new Date(0),
  };
  const exitCode = await explainCommand.action(context, { snapshot, requests });
  expect(exitCode).toBe(0);
  return printed;
}

const timeoutMs = 120_000;

test(
  `the command line answers all ${cases.length} cases from snapshot directories as they expect`,
  async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'ecr-audit-cases-'));
    const wrong: string[] = [];
    let answered = 0;
    for (const [index, group] of bySnapshot.entries()) {
      const snapshot = path.join(directory, String(index));
      const [first] = group;
      await writeSnapshotDirectory(snapshot, first?.parts ?? []);
      const requests = path.join(directory, `${index}.ndjson`);
      writeFileSync(requests, group.map(({ request }) => `${JSON.stringify(request)}\n`).join(''));
      const lines = (await explain(snapshot, requests)).split('\n').slice(0, -1);
      expect(lines).toHaveLength(group.length);
      for (const [line, { title, expect: expected }] of group.entries()) {
        const found = differences(JSON.parse(lines[line] ?? 'null'), expected);
        wrong.push(...found.map((difference) => `${title}: ${difference}`));
        answered += 1;
      }
    }
    rmSync(directory, { recursive: true });
    expect(wrong).toEqual([]);
    expect(answered).toBe(cases.length);
  },
  timeoutMs,
);
