import { type Alert, alertSchema } from '@ecr-audit/access';
import { z } from 'zod';
import type { Message } from '../sinks/sink.ts';
import { changesOf } from './finding-changes.ts';
import { code, type Line, prose } from './rich-text.ts';

const gapsShownMax = 5;

const scanSchema = z.object({
  target: z.object({ name: z.string() }),
  takenAt: z.string(),
  access: z.object({ opened: z.number(), closed: z.number() }),
  gaps: z.object({
    total: z.number(),
    listed: z.array(
      z.object({
        accountId: z.string().nullish(),
        region: z.string().nullish(),
        source: z.string(),
        reason: z.string(),
      }),
    ),
  }),
});

export type Tellable =
  | { readonly kind: 'alert'; readonly alert: Alert }
  | { readonly kind: 'notice'; readonly title: string; readonly lines: readonly Line[] };

/** What people are told of a message. Null: a scan that changed nothing, which comes every few hours, is no news. */
export function tellable({ kind, payload }: Message): Tellable | null {
  if (kind === 'alert') {
    const alert = alertSchema.safeParse(payload);
    return alert.success ? { kind: 'alert', alert: alert.data } : unreadable(kind);
  }
  if (kind === 'scan.completed') {
    const scan = scanSchema.safeParse(payload);
    return scan.success ? scanNotice(scan.data) : unreadable(kind);
  }
  // What became of findings is told where they were told; the sinks do so themselves.
  return kind === 'finding.changed' && changesOf(payload) !== null ? null : unreadable(kind);
}

/** The fingerprints of the findings that a message tells of. */
export function findingsIn({ kind, payload }: Message): readonly string[] {
  const alert = kind === 'alert' ? alertSchema.safeParse(payload) : null;
  return alert?.success === true ? alert.data.findings.map(({ fingerprint }) => fingerprint) : [];
}

// Never dropped in silence: a message of a newer version is still news.
function unreadable(kind: string): Tellable {
  return {
    kind: 'notice',
    title: 'Something happened that this version cannot tell',
    lines: [[...prose('A message of the kind '), ...code(kind), ...prose(' is in the outbox.')]],
  };
}

function scanNotice({ target, takenAt, access, gaps }: z.output<typeof scanSchema>): Tellable | null {
  if (access.opened + access.closed === 0) {
    return null;
  }
  const unread = gaps.listed.slice(0, gapsShownMax);
  return {
    kind: 'notice',
    title: `Access changed: ${target.name}`,
    lines: [
      prose(`As of ${takenAt}: ${access.opened} answers are new or differ, ${access.closed} ended or differ.`),
      ...(gaps.total === 0 ? [] : [prose(`${gaps.total} things could not be read; what rests on them is unknown:`)]),
      ...unread.map((gap) => [
        ...code([gap.accountId, gap.region, gap.source].filter((part) => typeof part === 'string').join(' ')),
        ...prose(` ${gap.reason}`),
      ]),
      ...(gaps.total > unread.length && unread.length > 0 ? [prose(`… and ${gaps.total - unread.length} more`)] : []),
    ],
  };
}
