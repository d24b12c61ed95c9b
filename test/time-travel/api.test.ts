import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, askPages, askProblem } from '../api/harness/ask.ts';
import { startTestApi, type TestApi } from '../api/harness/start-api.ts';
import { noonOf, registry, scanOf, writeWeek } from './week.ts';

let test: TestApi;
let scans: string[];

beforeAll(async () => {
  test = await startTestApi();
  scans = await writeWeek(test.store);
});
afterAll(async () => {
  await test.stop();
});

async function accessPath(name: string): Promise<string> {
  const listed = z
    .object({ items: z.array(z.object({ id: z.number(), arn: z.string() })) })
    .parse(await ask(test.api, '/v1/repositories'));
  return `/v1/repositories/${listed.items.find(({ arn }) => arn === `${registry}/${name}`)?.id}/access`;
}

async function knownAt(day: number): Promise<string> {
  const { scan } = z
    .object({ scan: z.object({ completedAt: z.string() }) })
    .parse(await ask(test.api, `/v1/scans/${scans[day - 1]}`));
  return scan.completedAt;
}

const itemSchema = z.looseObject({
  principal: z.object({ name: z.string() }),
  decision: z.string(),
  condition: z.string().nullable(),
  validity: z.looseObject({
    valid: z.object({ from: z.string(), until: z.string().nullable() }),
    known: z.object({ from: z.string(), until: z.string().nullable() }),
    isUnreadAfter: z.boolean(),
    unread: z.array(z.object({ from: z.string(), until: z.string() })),
  }),
});

/** Who could push to `team/app` at noon of a day, by name. */
async function pushers(day: number): Promise<Record<string, z.output<typeof itemSchema>>> {
  const items = await askPages(test.api, `${await accessPath('team/app')}?action=push&limit=1&at=${noonOf(day)}`);
  const parsed = items.map((item) => itemSchema.parse(item)).filter(({ principal }) => principal.name !== 'root');
  return Object.fromEntries(parsed.map((item) => [item.principal.name, item]));
}

const stays = { isUnreadAfter: false, unread: [] };
const gapOfThird = { from: scanOf(3), until: scanOf(4) };

describe('who could push on a day', () => {
  it('is told by the scan before, with the time at which it began and the one at which it ended', async () => {
    const { bob, alice } = await pushers(1);
    expect(bob).toMatchObject({
      decision: 'allowed',
      validity: {
        valid: { from: scanOf(1), until: scanOf(2) },
        known: { from: await knownAt(1), until: await knownAt(2) },
        ...stays,
      },
    });
    expect(alice).toMatchObject({
      decision: 'allowed',
      validity: { valid: { from: scanOf(1), until: null }, known: { from: await knownAt(1), until: null } },
    });
  });

  it('goes on over a scan that could not read, which is told; another condition ends it', async () => {
    const { bob, alice } = await pushers(4);
    expect(bob).toMatchObject({
      decision: 'conditional',
      condition: expect.stringContaining('aws:SourceIp'),
      validity: { valid: { from: scanOf(2), until: scanOf(5) }, isUnreadAfter: false, unread: [gapOfThird] },
    });
    expect(alice?.validity).toMatchObject({ valid: { from: scanOf(1), until: null }, unread: [gapOfThird] });
    expect((await pushers(2))['bob']).toEqual(bob);
  });

  it('is unknown on a day on which nobody could read it, and says that the scan has a gap', async () => {
    const { bob } = await pushers(3);
    expect(bob).toMatchObject({
      decision: 'unknown',
      validity: { valid: { from: scanOf(3), until: scanOf(4) }, ...stays },
    });
    const answer = await ask(test.api, `${await accessPath('team/app')}?at=${noonOf(3)}`);
    expect(answer).toMatchObject({ asOf: { scan: { id: scans[2] }, coverage: { isComplete: false } } });
  });

  it('is nobody who lost it, and nobody who is gone', async () => {
    expect(Object.keys(await pushers(5))).toEqual(['alice']);
    expect(Object.keys(await pushers(6))).toEqual(['alice']);
  });
});

describe('what an answer says of its time', () => {
  it('names both scans between which it stands, when they were taken and when they were evaluated', async () => {
    expect(await ask(test.api, `${await accessPath('team/app')}?at=${noonOf(2)}`)).toMatchObject({
      asOf: { scan: { id: scans[1], takenAt: scanOf(2) }, coverage: { isComplete: true, gaps: 0 } },
      time: {
        at: noonOf(2),
        valid: { from: scanOf(2), until: scanOf(3) },
        known: { from: await knownAt(2), until: await knownAt(3) },
        nextScanId: scans[2],
        subject: 'there',
      },
    });
  });

  it('has no next scan after the last one', async () => {
    expect(await ask(test.api, `${await accessPath('late')}?at=${noonOf(6)}`)).toMatchObject({
      time: { valid: { from: scanOf(6), until: null }, known: { until: null }, nextScanId: null, subject: 'there' },
    });
  });

  it('says of a repository that no scan had seen yet that it was not there, instead of nobody', async () => {
    expect(await ask(test.api, `${await accessPath('late')}?at=${noonOf(5)}`)).toMatchObject({
      time: { subject: 'notYetSeen' },
      repository: { firstSeenAt: scanOf(6) },
      items: [],
    });
  });

  it('says of a principal that it is gone', async () => {
    const principals = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });
    const { items } = principals.parse({ items: await askPages(test.api, '/v1/principals') });
    expect(items.map(({ name }) => name)).not.toContain('bob');
    const before = await askPages(test.api, `${await accessPath('team/app')}?at=${noonOf(1)}&action=push`);
    const bob = z
      .array(z.looseObject({ principal: z.object({ id: z.string(), name: z.string() }) }))
      .parse(before)
      .find(({ principal }) => principal.name === 'bob');
    const path = `/v1/principals/${bob?.principal.id}/access`;
    expect(await ask(test.api, `${path}?at=${noonOf(6)}`)).toMatchObject({ time: { subject: 'gone' }, items: [] });
    const items2 = await askPages(test.api, `${path}?at=${noonOf(4)}&action=push`);
    expect(items2).toMatchObject([
      { decision: 'conditional', validity: { valid: { from: scanOf(2), until: scanOf(5) } } },
    ]);
  });

  it('is left out of an answer about now', async () => {
    const answer = await ask(test.api, await accessPath('team/app'));
    expect(answer).not.toHaveProperty('time');
    expect(z.object({ items: z.array(z.object({}).loose()) }).parse(answer).items[0]).not.toHaveProperty('validity');
  });
});

describe('a time of which nothing is known', () => {
  it('is refused where it is before the first scan, with the time of that', async () => {
    const problem = await askProblem(test.api, `${await accessPath('team/app')}?at=2026-10-31T12:00:00Z`);
    expect(problem).toMatchObject({ code: 'timeBeforeFirstScan', status: 404 });
    expect(problem.detail).toContain(scanOf(1));
    expect(problem.detail).toContain('organization:o-');
  });

  it.each(['2026-11-24T00:00:00Z', '2999-01-01T00:00:00Z'])('is refused where it has not come: %s', async (at) => {
    const problem = await askProblem(test.api, `${await accessPath('team/app')}?at=${at}`);
    expect(problem).toMatchObject({ code: 'invalidRequest', errors: [{ field: 'at' }] });
  });

  it.each(['yesterday', '2026-02-30T00:00:00Z', '5000d', ''])('is refused where it is none: %s', async (at) => {
    expect(await askProblem(test.api, `${await accessPath('team/app')}?at=${at}`)).toMatchObject({
      code: 'invalidRequest',
      errors: [{ field: 'at' }],
    });
  });
});
