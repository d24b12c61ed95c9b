import { alertSchema } from '@ecr-audit/access';
import type { ToldMessage } from '@ecr-audit/store';
import { z } from 'zod';
import { bold, type Line, prose } from './rich-text.ts';

const changeSchema = z.object({
  fingerprint: z.string(),
  kind: z.enum(['opened', 'changed', 'resolved', 'reopened', 'archived', 'acknowledged']),
  at: z.string(),
  by: z.string().nullable(),
  why: z.string().nullable(),
});
const payloadSchema = z.object({ changes: z.array(changeSchema) });

export type ToldChange = z.output<typeof changeSchema>;

/** What became of findings, as a message of the kind `finding.changed` says it; null where it says something else. */
export function changesOf(payload: unknown): readonly ToldChange[] | null {
  const parsed = payloadSchema.safeParse(payload);
  return parsed.success ? parsed.data.changes : null;
}

/** One line for each change of a finding that people know by its title; the others were never told. */
export function changeLines(changes: readonly ToldChange[], titles: ReadonlyMap<string, string>): readonly Line[] {
  return changes.flatMap((change) => {
    const title = titles.get(change.fingerprint);
    return title === undefined ? [] : [[...bold(title), ...prose(`: ${wordsOf(change)}`)]];
  });
}

/** The titles under which alerts told of findings. */
export function titlesIn(messages: readonly ToldMessage[]): ReadonlyMap<string, string> {
  return new Map(
    messages.flatMap(({ payload }) => {
      const alert = alertSchema.safeParse(payload);
      return alert.success ? alert.data.findings.map(({ fingerprint, title }) => [fingerprint, title] as const) : [];
    }),
  );
}

function wordsOf({ kind, at, by, why }: ToldChange): string {
  const because = why === null ? '' : `, ${why}`;
  const whom = by === null ? '' : ` by ${by}`;
  switch (kind) {
    case 'opened':
      return `found at ${at}${because}`;
    case 'changed':
      return `changed at ${at}${because}`;
    case 'resolved':
      return `resolved at ${at}${whom}${because}`;
    case 'reopened':
      return `active again since ${at}${whom}${because}`;
    case 'archived':
      // Why says until when, and for which reason.
      return `${why ?? 'approved'}${whom === '' ? '' : `,${whom}`} at ${at}`;
    case 'acknowledged':
      return `${by ?? 'somebody'} looks after it since ${at}${because}`;
  }
}
