import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { asffArray, asffBatches, type AsffSettings, isImportable } from '@ecr-audit/access';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { anyFinding, hasLoneSurrogate } from './any-finding.ts';
import { BATCH_BYTES_MAX, BATCH_FINDINGS_MAX, FINDING_BYTES_MAX, importableFinding } from './asff-limits.ts';
import { sampleFinding, sampleFindings, source, unkept } from './sample-findings.ts';

/* Findings as Security Hub imports them. */

const settings: AsffSettings = { accountId: '111122223333', region: 'eu-central-1', productArn: null };
const findingsSchema = z.array(importableFinding);
const requestSchema = z.strictObject({ Findings: findingsSchema.min(1).max(BATCH_FINDINGS_MAX) });

type Importable = z.output<typeof importableFinding>;

function arrayOf(...given: Parameters<typeof asffArray>): Importable[] {
  return findingsSchema.parse(JSON.parse([...asffArray(...given)].join('')));
}

function firstOf(...given: Parameters<typeof asffArray>): Importable {
  const [finding] = arrayOf(...given);
  if (finding === undefined) {
    throw new Error('nothing was exported');
  }
  return finding;
}

test('every finding of the sample organization keeps to the limits of BatchImportFindings', async () => {
  const { findings } = await sampleFindings();
  const exported = arrayOf(unkept(findings), source, settings);
  expect(exported).toHaveLength(findings.length);
  expect(new Set(exported.map(({ Id }) => Id)).size).toBe(findings.length);
  // The compiler holds the fields and their values to the SDK of AWS.
  const accepted: AwsSecurityFinding[] = exported.map(({ Resources, ...finding }) => ({
    ...finding,
    Resources: Resources.map((resource) => ({ ...resource })),
  }));
  expect(accepted).toHaveLength(findings.length);
});

test('whatever stands in a finding, it keeps to the limits, to whole characters and to 240 KB', () => {
  fc.assert(
    fc.property(anyFinding, (given) => {
      const text = [...asffArray([given], source, settings)].join('');
      expect(findingsSchema.safeParse(JSON.parse(text)).error).toBeUndefined();
      expect(hasLoneSurrogate(text)).toBe(false);
      expect(Buffer.byteLength(text)).toBeLessThan(FINDING_BYTES_MAX);
    }),
    { numRuns: 300 },
  );
});

describe('a text that is too long', () => {
  const emoji = '\u{1F600}';

  test('is cut between characters, says so, and is named in a field', async () => {
    const finding = await sampleFinding();
    // One byte before the character, so that a cut by bytes or by units would go through one.
    const long = { ...finding, title: `x${emoji.repeat(200)}`, remedy: emoji.repeat(128) };
    const told = firstOf([{ finding: long, life: null }], source, settings);
    expect(told.Title).toMatch(/^x\u{1F600}+… \(cut\)$/u);
    expect(Buffer.byteLength(told.Title)).toBeGreaterThan(256 - 8);
    expect(told.Remediation.Recommendation.Text).toBe(emoji.repeat(128));
    expect(told.ProductFields['ecr-audit/Cut']).toBe('Title');
  });

  test('never takes along that something is not certain', async () => {
    const finding = await sampleFinding();
    const long = { ...finding, what: 'w'.repeat(4_000), why: 'y'.repeat(4_000), doubts: ['d'.repeat(4_000), 'second'] };
    const { Description, ProductFields } = firstOf([{ finding: long, life: null }], source, settings);
    expect(Description).toMatch(/Not certain: d+… \(cut\) \(and 1 more\)/);
    expect(ProductFields).toMatchObject({ 'ecr-audit/Doubts': '2', 'ecr-audit/Doubt/2': 'second' });
    expect(ProductFields['ecr-audit/Cut']).toContain('Description');
  });
});

describe('where a finding goes', () => {
  test('without settings it is the default product of its own account and region', async () => {
    const { findings } = await sampleFindings();
    const open = unkept(findings.filter(({ ruleId }) => ruleId === 'ECR-PUB-PUSH'));
    expect(firstOf(open, source, { ...settings, region: null })).toMatchObject({
      AwsAccountId: '666677778888',
      ProductArn: 'arn:aws:securityhub:eu-west-1:666677778888:product/666677778888/default',
    });
  });

  test.each([
    ['cn-north-1', 'arn:aws-cn:securityhub:cn-north-1:'],
    ['us-gov-west-1', 'arn:aws-us-gov:securityhub:us-gov-west-1:'],
  ])('the product of %s is of its partition', async (region, prefix) => {
    const told = firstOf(unkept([await sampleFinding()]), source, { ...settings, region });
    expect(told.ProductArn.startsWith(prefix)).toBe(true);
  });

  test('one about the organization goes to the account of the settings', async () => {
    const wide = (await sampleFindings()).findings.filter(({ accountId }) => accountId === null);
    expect(wide.length).toBeGreaterThan(0);
    for (const { AwsAccountId } of arrayOf(unkept(wide), source, settings)) {
      expect(AwsAccountId).toBe(settings.accountId);
    }
  });

  test('one without a region cannot be imported where the settings name none', async () => {
    const { findings } = await sampleFindings();
    const nowhere = unkept(findings).filter((finding) => !isImportable(finding, { region: null }));
    expect(nowhere.length).toBeGreaterThan(0);
    expect(() => [...asffArray(nowhere, source, { ...settings, region: null })]).toThrow(RangeError);
  });
});

test.each([
  ['active', 'ACTIVE'],
  ['archived', 'ARCHIVED'],
  ['resolved', 'ARCHIVED'],
] as const)('a finding that is %s is a record that is %s', async (status, state) => {
  const finding = await sampleFinding();
  const life = {
    status,
    openedAt: '2026-11-09T06:00:00Z',
    changedAt: '2026-11-09T06:00:00Z',
    resolvedAt: status === 'resolved' ? '2026-11-15T06:00:00Z' : null,
    acknowledged: null,
  };
  expect(firstOf([{ finding, life }], source, settings)).toMatchObject({
    RecordState: state,
    CreatedAt: '2026-11-09T06:00:00.000Z',
    UpdatedAt: '2026-11-16T06:00:00.000Z',
    ProductFields: { 'ecr-audit/Status': status },
  });
});

test('requests hold at most 100 findings and 6 MB, of one account and region each, and every finding once', async () => {
  const sample = unkept((await sampleFindings()).findings);
  const long = 'ü'.repeat(3_000);
  const many = Array.from({ length: 12 }, (_, round) =>
    sample.map(({ finding, life }) => ({
      finding: {
        ...finding,
        fingerprint: `${finding.fingerprint}${round}`,
        doubts: Array.from({ length: 5 }, () => long),
        reasons: Array.from({ length: 5 }, () => ({
          policyType: 'identity' as const,
          policy: long,
          statement: long,
          effect: 'Allow' as const,
          via: long,
        })),
      },
      life,
    })),
  ).flat();
  const lines = [...asffBatches(many, source, settings)];
  const requests = lines.map((line) => requestSchema.parse(JSON.parse(line)).Findings);
  expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(BATCH_BYTES_MAX);
  expect(requests.some((request) => request.length === BATCH_FINDINGS_MAX)).toBe(true);
  for (const request of requests) {
    expect(new Set(request.map(({ AwsAccountId, ProductArn }) => `${AwsAccountId} ${ProductArn}`)).size).toBe(1);
  }
  expect(new Set(requests.flat().map(({ Id }) => Id)).size).toBe(many.length);
});

test('nothing found is an empty list, and no request', () => {
  expect(arrayOf([], source, settings)).toEqual([]);
  expect([...asffBatches([], source, settings)]).toEqual([]);
});
