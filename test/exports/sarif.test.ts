import { RULES, sarifLog } from '@ecr-audit/access';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { anyFinding, hasLoneSurrogate } from './any-finding.ts';
import { sampleFinding, sampleFindings, source, unkept } from './sample-findings.ts';
import { faultsOfSarif } from './sarif-schema.ts';

/* Findings as SARIF 2.1.0, held to its published JSON schema, and to what GitHub wants of an upload. */

const text = z.object({ text: z.string().min(1) });
const rule = z.looseObject({
  id: z.string(),
  shortDescription: text,
  fullDescription: text,
  help: z.object({ text: z.string().min(1), markdown: z.string().min(1) }),
  defaultConfiguration: z.object({ level: z.enum(['error', 'warning', 'note']) }),
  properties: z.looseObject({ 'security-severity': z.string(), tags: z.array(z.string()).max(20) }),
});
const location = z.looseObject({
  physicalLocation: z
    .object({
      artifactLocation: z.looseObject({ uri: z.string() }),
      region: z.looseObject({ startLine: z.number() }),
    })
    .optional(),
  logicalLocations: z.array(z.looseObject({ fullyQualifiedName: z.string() })).length(1),
});
const logSchema = z.looseObject({
  version: z.literal('2.1.0'),
  $schema: z.string(),
  runs: z
    .array(
      z.looseObject({
        tool: z.object({ driver: z.looseObject({ name: z.string(), rules: z.array(rule) }) }),
        invocations: z
          .array(z.looseObject({ toolExecutionNotifications: z.array(z.looseObject({ message: text })) }))
          .length(1),
        results: z.array(
          z.looseObject({
            ruleId: z.string(),
            ruleIndex: z.number().optional(),
            message: text,
            locations: z.array(location).length(1),
            partialFingerprints: z.object({ primaryLocationLineHash: z.string(), 'ecrAuditFinding/v1': z.string() }),
            baselineState: z.string().optional(),
            suppressions: z.array(z.looseObject({ status: z.string() })).optional(),
          }),
        ),
      }),
    )
    .length(1),
});

function runOf(...given: Parameters<typeof sarifLog>): z.output<typeof logSchema>['runs'][number] {
  const log: unknown = JSON.parse([...sarifLog(...given)].join(''));
  expect(faultsOfSarif(log)).toBeNull();
  const [run] = logSchema.parse(log).runs;
  if (run === undefined) {
    throw new Error('a log has a run');
  }
  return run;
}

const nowhere = { file: null };

test('the findings of the sample organization are valid SARIF, each by its rule and its fingerprint', async () => {
  const { findings, notJudged } = await sampleFindings();
  const { tool, results } = runOf({ findings: unkept(findings), notJudged }, source, nowhere);
  expect(results).toHaveLength(findings.length);
  for (const [index, { ruleId, ruleIndex, partialFingerprints, locations }] of results.entries()) {
    expect(tool.driver.rules[ruleIndex ?? -1]?.id).toBe(ruleId);
    expect(partialFingerprints['ecrAuditFinding/v1']).toBe(findings[index]?.fingerprint);
    expect(locations[0]?.logicalLocations[0]?.fullyQualifiedName).toBe(findings[index]?.resource);
  }
});

test('every rule is told with help, with the severity that GitHub reads, and within its lengths', () => {
  const { tool, results } = runOf({ findings: [], notJudged: [] }, source, nowhere);
  expect(results).toEqual([]);
  expect(tool.driver.rules.map(({ id }) => id)).toEqual(RULES.map(({ id }) => id));
  for (const [
    index,
    { shortDescription, fullDescription, properties, defaultConfiguration },
  ] of tool.driver.rules.entries()) {
    expect(shortDescription.text.length).toBeLessThanOrEqual(1024);
    expect(fullDescription.text.length).toBeLessThanOrEqual(1024);
    const score = Number(properties['security-severity']);
    const severity = score > 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'medium' : score >= 1 ? 'low' : 'info';
    expect(severity).toBe(RULES[index]?.severity);
    expect(properties.tags).toContain('security');
    expect(defaultConfiguration.level).toBe(score >= 7 ? 'error' : score >= 4 ? 'warning' : 'note');
  }
});

test('whatever stands in a finding, the log stays valid, of whole characters, and without links or arguments of its own', () => {
  fc.assert(
    fc.property(fc.array(anyFinding, { maxLength: 3 }), (findings) => {
      const log = [...sarifLog({ findings, notJudged: [] }, source, { file: 'audit/ecr audit.yaml' })].join('');
      expect(faultsOfSarif(JSON.parse(log))).toBeNull();
      expect(hasLoneSurrogate(log)).toBe(false);
      for (const { message } of logSchema.parse(JSON.parse(log)).runs[0]?.results ?? []) {
        expect(message.text).not.toContain('](');
        expect(message.text.replaceAll('{{', '').replaceAll('}}', '')).not.toMatch(/[{}]/);
      }
    }),
    { numRuns: 150 },
  );
});

describe('where a result is shown', () => {
  test('without a file it is a place in AWS', async () => {
    const { findings } = await sampleFindings();
    const { results } = runOf({ findings: unkept(findings), notJudged: [] }, source, nowhere);
    expect(results.every(({ locations: [place] }) => place?.physicalLocation === undefined)).toBe(true);
  });

  test('with a file GitHub has a path and a line to show it at', async () => {
    const { findings } = await sampleFindings();
    const { results } = runOf({ findings: unkept(findings), notJudged: [] }, source, { file: 'audit/ecr audit.yaml' });
    for (const { locations } of results) {
      expect(locations[0]?.physicalLocation).toMatchObject({
        artifactLocation: { uri: 'audit/ecr%20audit.yaml' },
        region: { startLine: 1 },
      });
    }
  });
});

test('a rule that could not judge is a warning, not a silence', () => {
  const notJudged = [{ ruleId: 'ECR-NEW-PUSH', needs: 'earlierSnapshot' as const }];
  const { invocations } = runOf({ findings: [], notJudged }, source, nowhere);
  expect(invocations[0]?.toolExecutionNotifications).toMatchObject([
    {
      level: 'warning',
      message: { text: 'ECR-NEW-PUSH could not judge: it needs an earlier snapshot' },
      associatedRule: { id: 'ECR-NEW-PUSH' },
    },
  ]);
});

describe('a finding that is kept', () => {
  const before = '2026-11-09T06:00:00Z';
  const now = source.observedAt;
  const life = { status: 'active', openedAt: before, changedAt: before, resolvedAt: null, acknowledged: null } as const;
  test.each([
    ['new', { ...life, openedAt: now, changedAt: now }, 'new', []],
    ['as it was', life, 'unchanged', []],
    ['changed', { ...life, changedAt: now }, 'updated', []],
    ['resolved', { ...life, status: 'resolved', resolvedAt: now } as const, 'absent', []],
    ['approved', { ...life, status: 'archived' } as const, 'unchanged', [{ kind: 'external', status: 'accepted' }]],
  ])('%s', async (_title, kept, baselineState, suppressions) => {
    const findings = [{ finding: await sampleFinding(), life: kept }];
    const { results } = runOf({ findings, notJudged: [] }, source, nowhere);
    expect(results).toMatchObject([{ baselineState, suppressions }]);
  });
});

test('a rule that is gone since then keeps its id', async () => {
  const findings = unkept([{ ...(await sampleFinding()), ruleId: 'ECR-OF-ANOTHER-VERSION' }]);
  const { results } = runOf({ findings, notJudged: [] }, source, nowhere);
  expect(results).toMatchObject([{ ruleId: 'ECR-OF-ANOTHER-VERSION' }]);
  expect(results[0]?.ruleIndex).toBeUndefined();
});
