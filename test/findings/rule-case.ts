import { createHash } from 'node:crypto';
import { assembleSnapshot, findFindings, type Finding, type FindingSettings, findingInput } from '@ecr-audit/access';
import { noSettings, partsOf, type Scene } from './scene.ts';

/** What one rule finds, and what it passes by. */
export interface RuleCases {
  readonly rule: string;
  readonly finds: readonly (RuleCase & { readonly expected: readonly object[] })[];
  readonly ignores: readonly RuleCase[];
}

export interface RuleCase {
  readonly title: string;
  readonly scene: Scene;
  readonly before?: Scene;
  readonly settings?: Partial<FindingSettings>;
}

/** All that is found in a scene, and what could not be judged. */
export function judge({ scene, before, settings }: Omit<RuleCase, 'title'>): ReturnType<typeof findFindings> {
  const earlier = before === undefined ? null : read({ takenAt: '2026-11-15T12:00:00Z', ...before });
  const input = findingInput(read(scene), { before: earlier, settings: { ...noSettings, ...settings } });
  return findFindings(input, (text) => createHash('sha256').update(text).digest('hex'));
}

export function found(rule: string, given: Omit<RuleCase, 'title'>): Finding[] {
  return judge(given).findings.filter(({ ruleId }) => ruleId === rule);
}

function read(scene: Scene): Parameters<typeof findingInput>[0] {
  const parts = partsOf(scene);
  return { parts, snapshot: assembleSnapshot(parts) };
}
