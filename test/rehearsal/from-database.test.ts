import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { assembleSnapshot, DAY_MS, foldEvents, snapshotActivity, suggestForPrincipal } from '@ecr-audit/access';
import { readSnapshotDirectory } from '@ecr-audit/aws';
import { observedEverywhere, saveActivity, usesSince } from '@ecr-audit/store';
import { createTestDatabase } from '@ecr-audit/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { scan } from '../bench/scan.ts';
import { type CommandResult, expectExit, runCommand } from '../system/harness/run-command.ts';

/* `rehearse` and `suggest` answer from a database as they do from the directory that was scanned into it. */

const sample = path.join(import.meta.dirname, '../../services/cli/sample-organization/2026-11-16');
const repository = 'arn:aws:ecr:eu-west-1:333344445555:repository/tracking/api';
const proposal = {
  changes: [
    {
      change: 'setRepositoryPolicy',
      repository,
      document: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Principal: '*', Action: 'ecr:PutImage' }],
      },
    },
  ],
};
const directory = mkdtempSync(path.join(tmpdir(), 'ecr-audit-rehearsal-'));
const change = path.join(directory, 'change.json');
writeFileSync(change, JSON.stringify(proposal));
const database = await createTestDatabase();
const { store } = database;

beforeAll(async () => {
  await scan(store, await readSnapshotDirectory(sample));
});
afterAll(async () => {
  await database.drop();
  rmSync(directory, { recursive: true, force: true });
});

const fromDatabase = async (...words: readonly string[]): Promise<CommandResult> =>
  await runCommand([...words, '--database-url', database.url]);
const fromDirectory = async (...words: readonly string[]): Promise<CommandResult> =>
  await runCommand([...words, '--snapshot', sample]);

const rehearsal = ['rehearse', '--change', change, '--format', 'json'];
const publisher = 'arn:aws:iam::333344445555:role/ci/github-actions-publish';

describe('after a scan alone the events that it brought along are all there is', () => {
  test('a rehearsal tells the same changes and uses as from the directory', async () => {
    const [stored, read] = [await fromDatabase(...rehearsal), await fromDirectory(...rehearsal)];
    expectExit(stored, 0);
    expect(JSON.parse(stored.stdout)).toEqual(JSON.parse(read.stdout));
    expectExit(await fromDatabase(...rehearsal, '--fail-on', 'used:push'), 5);
  });

  test('a suggestion is the same as from the directory', async () => {
    const [stored, read] = [await fromDatabase('suggest', publisher), await fromDirectory('suggest', publisher)];
    expectExit(stored, 0);
    expect(stored.stdout).toBe(read.stdout);
  });
});

describe('with the activity of the same events', () => {
  beforeAll(async () => {
    const parts = await readSnapshotDirectory(sample);
    const snapshot = assembleSnapshot(parts);
    const { observed } = snapshotActivity(snapshot, parts);
    for (const part of parts) {
      const [, accountId, region] = /^accounts\/(\d{12})\/([^/]+)\/cloudtrail-events\.ndjson$/.exec(part.path) ?? [];
      if (accountId !== undefined && region !== undefined) {
        const place = { accountId, region };
        const lines = part.content.split('\n').filter((line) => line !== '');
        await saveActivity(store, {
          source: 'lookupEvents',
          place,
          folded: foldEvents(lines, { recordedIn: place, latestMs: Date.parse(snapshot.takenAt) }),
          observed: observed.flatMap(({ during, eventName, ...where }) =>
            where.accountId === accountId && where.region === region
              ? during.map((interval) => ({ ...where, eventName, ...interval }))
              : [],
          ),
          holes: [],
          files: [],
        });
      }
    }
  });

  test('a rehearsal finds the same uses at stake', async () => {
    const useSchema = z.looseObject({ use: z.looseObject({ atStake: z.array(z.looseObject({})) }) });
    const stakes = (text: string): string[] =>
      useSchema
        .parse(JSON.parse(text))
        .use.atStake.map((stake) => JSON.stringify(stake))
        .toSorted();
    const [stored, read] = [await fromDatabase(...rehearsal), await fromDirectory(...rehearsal)];
    expect(stakes(stored.stdout)).toEqual(stakes(read.stdout));
    expect(stakes(stored.stdout).length).toBeGreaterThan(0);
    expectExit(await fromDatabase(...rehearsal, '--fail-on', 'used:push'), 5);
  });

  test('the suggestion for every role that used something is the same', async () => {
    const parts = await readSnapshotDirectory(sample);
    const snapshot = assembleSnapshot(parts);
    const asOfMs = Date.parse(snapshot.takenAt);
    const period = { asOfMs, fromMs: asOfMs - 90 * DAY_MS };
    const read = snapshotActivity(snapshot, parts);
    const [uses, observed] = await Promise.all([
      usesSince(store.sql, new Date(period.fromMs)),
      observedEverywhere(store.sql),
    ]);
    const kinds = new Set<string>();
    for (const principalId of new Set(read.uses.map(({ principalKey }) => principalKey))) {
      const [one, other] = [read, { uses, observed }].map((activity) =>
        suggestForPrincipal({ snapshot, period, principalId, ...activity }),
      );
      kinds.add(one?.kind ?? '');
      expect(told(other)).toEqual(told(one));
    }
    expect(kinds).toContain('suggested');
  });
});

/** What it comes to, in an order of its own: rows of a table have none. */
function told(suggestion: ReturnType<typeof suggestForPrincipal> | undefined): unknown {
  return suggestion?.kind === 'suggested'
    ? {
        documents: suggestion.documents,
        kept: suggestion.proof.kept.map(({ action, resource, lastMs }) => `${action} ${resource} ${lastMs}`).toSorted(),
        removed: suggestion.proof.removed,
      }
    : suggestion;
}
