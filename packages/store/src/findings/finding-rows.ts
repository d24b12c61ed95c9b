import { findingSchema, FINDING_STATUSES, type FindingState } from '@ecr-audit/access';
import { z } from 'zod';
import type { Sql } from '../sql.ts';

const rowSchema = z.object({
  id: z.number(),
  status: z.enum(FINDING_STATUSES),
  content: z.string().transform((text) => findingSchema.parse(JSON.parse(text))),
  openedAt: z.string(),
  changedAt: z.string(),
  resolvedAt: z.string().nullable(),
  reopenedAt: z.string().nullable(),
  acknowledgedBy: z.string().nullable(),
  acknowledgedAt: z.string().nullable(),
  exceptionId: z.string().nullable(),
  unseen: z.string().nullable(),
});

/** A finding as it is kept. `id` is the order in which findings came. */
export type KeptFinding = FindingState & { readonly id: number };

export function stateOf(row: unknown): KeptFinding {
  const { content, acknowledgedBy: by, acknowledgedAt: at, ...state } = rowSchema.parse(row);
  return { ...state, finding: content, acknowledged: by === null || at === null ? null : { by, at } };
}

/** What `stateOf` reads, of `audit.finding`. */
export function findingColumns(sql: Sql): ReturnType<Sql['unsafe']> {
  return sql`
    finding.id, finding.status, finding.content::text as content, finding.opened_at as "openedAt",
    finding.changed_at as "changedAt", finding.resolved_at as "resolvedAt", finding.reopened_at as "reopenedAt",
    finding.acknowledged_by as "acknowledgedBy", finding.acknowledged_at as "acknowledgedAt",
    finding.exception_id as "exceptionId", finding.unseen`;
}

/** Names may hold what a text of Postgres cannot; the whole content keeps them as they are. */
export function shown(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\u{FFFD}');
}
