import { createHash } from 'node:crypto';
import { readSnapshotDirectory } from '@ecr-audit/aws';
import {
  assembleSnapshot,
  type ExportedFinding,
  type ExportSource,
  type Finding,
  findFindings,
  findingInput,
  type FoundFindings,
} from '@ecr-audit/access';
import { noSettings } from '../findings/scene.ts';

const sample = new URL('../../services/cli/sample-organization/', import.meta.url).pathname;

export const source: ExportSource = {
  product: { name: 'ecr-audit', vendor: 'ecr-audit', version: '0.1.0' },
  observedAt: '2026-11-16T06:00:00Z',
};

let found: Promise<FoundFindings> | null = null;

/** What the rules find in the sample organization, and in what became of it within a week. Judged once. */
export async function sampleFindings(): Promise<FoundFindings> {
  found ??= judge();
  return await found;
}

/** The first of them. */
export async function sampleFinding(): Promise<Finding> {
  const [finding] = (await sampleFindings()).findings;
  if (finding === undefined) {
    throw new Error('the sample has no findings');
  }
  return finding;
}

async function judge(): Promise<FoundFindings> {
  const [now, before] = await Promise.all([read('2026-11-16'), read('2026-11-09')]);
  const input = findingInput(now, { before, settings: noSettings });
  return findFindings(input, (text) => createHash('sha256').update(text).digest('hex'));
}

/** As from a directory: nobody keeps them. */
export function unkept(findings: FoundFindings['findings']): ExportedFinding[] {
  return findings.map((finding) => ({ finding, life: null }));
}

async function read(name: string): Promise<Parameters<typeof findingInput>[0]> {
  const parts = await readSnapshotDirectory(`${sample}${name}`);
  return { parts, snapshot: assembleSnapshot(parts) };
}
