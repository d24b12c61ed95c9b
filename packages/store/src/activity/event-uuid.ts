import { createHash } from 'node:crypto';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id of an event as a `uuid`: CloudTrail's own is one; of any other text, a hash. */
export function eventUuid(id: string): string {
  const lower = id.toLowerCase();
  return uuidPattern.test(lower) ? lower : uuidOf(`event ${id}`);
}

/** The same for an event that has no id. */
export function evidenceUuid(evidence: string): string {
  return uuidOf(`evidence ${evidence}`);
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
