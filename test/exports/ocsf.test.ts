import { ocsfLines } from '@ecr-audit/access';
import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { anyFinding, hasLoneSurrogate } from './any-finding.ts';
import { detectionFinding } from './ocsf-constraints.ts';
import { sampleFinding, sampleFindings, source, unkept } from './sample-findings.ts';

/* Findings as OCSF, held to the constraints of its schema. */

const isDetectionFinding = new Ajv({ strict: false, allErrors: true }).compile(detectionFinding);

const event = z.looseObject({
  activity_id: z.number(),
  type_uid: z.number(),
  class_uid: z.number(),
  time: z.number(),
  status: z.string(),
  confidence: z.string(),
  finding_info: z.looseObject({ uid: z.string(), desc: z.string() }),
  resources: z.array(z.looseObject({ uid: z.string(), type: z.string(), role: z.string() })),
  unmapped: z.looseObject({ doubts: z.array(z.string()) }),
});

function faultsOf(line: string): unknown {
  return isDetectionFinding(JSON.parse(line)) ? null : isDetectionFinding.errors;
}

test('every finding of the sample organization is a Detection Finding of OCSF 1.9.0, a line each', async () => {
  const { findings } = await sampleFindings();
  const lines = [...ocsfLines(unkept(findings), source)];
  expect(lines.length).toBeGreaterThan(100);
  expect(lines).toHaveLength(findings.length);
  for (const line of lines) {
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(faultsOf(line)).toBeNull();
  }
});

test('whatever stands in a finding, its event keeps to the schema and to whole characters', () => {
  fc.assert(
    fc.property(anyFinding, (given) => {
      const [line = ''] = ocsfLines([given], source);
      expect(faultsOf(line)).toBeNull();
      expect(hasLoneSurrogate(line)).toBe(false);
      const { activity_id: activity, type_uid: type, class_uid: uid } = event.parse(JSON.parse(line));
      expect(type).toBe(uid * 100 + activity);
    }),
    { numRuns: 300 },
  );
});

describe('a finding that is kept', () => {
  const opened = '2026-11-09T06:00:00Z';
  const later = '2026-11-16T06:00:00Z';
  const by = { by: 'anna', at: later };
  const cases = [
    [
      'active since it was opened',
      { status: 'active', changedAt: opened, resolvedAt: null, acknowledged: null },
      200_401,
      'New',
    ],
    ['changed later', { status: 'active', changedAt: later, resolvedAt: null, acknowledged: null }, 200_402, 'New'],
    [
      'acknowledged',
      { status: 'active', changedAt: opened, resolvedAt: null, acknowledged: by },
      200_402,
      'In Progress',
    ],
    [
      'approved',
      { status: 'archived', changedAt: opened, resolvedAt: null, acknowledged: null },
      200_403,
      'Suppressed',
    ],
    ['resolved', { status: 'resolved', changedAt: opened, resolvedAt: later, acknowledged: null }, 200_403, 'Resolved'],
  ] as const;
  test.each(cases)('%s', async (_title, life, type, status) => {
    const finding = await sampleFinding();
    const [line = ''] = ocsfLines([{ finding, life: { ...life, openedAt: opened } }], source);
    const told = event.parse(JSON.parse(line));
    expect(told).toMatchObject({ type_uid: type, status, time: Date.parse(opened) });
    expect(told.finding_info).toMatchObject({ created_time: Date.parse(opened), first_seen_time: Date.parse(opened) });
  });
});

test('what is not certain is said in the description, and lowers the confidence', async () => {
  const { findings } = await sampleFindings();
  const doubtful = findings.filter(({ doubts }) => doubts.length > 0);
  expect(doubtful.length).toBeGreaterThan(0);
  for (const line of ocsfLines(unkept(doubtful), source)) {
    const { confidence, finding_info: info, unmapped } = event.parse(JSON.parse(line));
    expect(confidence).toBe('Medium');
    for (const doubt of unmapped.doubts) {
      expect(info.desc).toContain(`Not certain: ${doubt}`);
    }
  }
});

test('what a finding is about is its target, whom it is about the actor, and neither is told twice', async () => {
  const { findings } = await sampleFindings();
  for (const [index, line] of [...ocsfLines(unkept(findings), source)].entries()) {
    const { resources, finding_info: info } = event.parse(JSON.parse(line));
    expect(info.uid).toBe(findings[index]?.fingerprint);
    expect(resources[0]).toMatchObject({ uid: findings[index]?.resource, role: 'Target' });
    expect(new Set(resources.map(({ uid }) => uid)).size).toBe(resources.length);
  }
});
