import type { OutboxRow } from '@ecr-audit/store';

/** Writes an outbox row as one line of JSON. `id` lets the reader recognise a message that comes twice. */
export function outboxLine(row: OutboxRow): string {
  const { id, kind, scanId, createdAt, payload } = row;
  return JSON.stringify({ id, kind, scanId, createdAt, payload });
}
