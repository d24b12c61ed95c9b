import { readFileSync } from 'node:fs';

import { z } from 'zod';

import type { Survivor } from './report.ts';

const explanation = z.strictObject({
  file: z.string(),
  /** The line of code, as it stands in the file, without its indentation: line numbers would not last a week. */
  code: z.string(),
  /** Each change to it as the part that is replaced and its replacement. */
  changes: z.array(z.tuple([z.string(), z.string()])).min(1),
  /** Why no test can notice. */
  why: z.string().min(20),
});
export type Explanation = z.infer<typeof explanation>;

/** The survivors that somebody looked at, and found to change nothing that can be seen. */
export function readExplanations(): readonly Explanation[] {
  const text = readFileSync(new URL('survivors.json', import.meta.url), 'utf8');
  return z.array(explanation).parse(JSON.parse(text));
}

export function isExplained(survivor: Survivor, explanations: readonly Explanation[]): boolean {
  return explanations.some(
    ({ file, code, changes }) =>
      file === survivor.file &&
      code === survivor.code &&
      changes.some(([from, to]) => from === survivor.from && to === survivor.to),
  );
}
