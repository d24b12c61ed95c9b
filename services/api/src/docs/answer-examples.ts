import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const schema = z.record(z.string(), z.record(z.string(), z.unknown()));

/**
 * The recorded answer to the example of each operation, by operation and media type.
 *
 * `pnpm openapi:write` records them from a running service. Rejected: answers written by hand, which nobody keeps true.
 */
export function readAnswerExamples(): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return schema.parse(JSON.parse(readFileSync(path.join(import.meta.dirname, 'answers.json'), 'utf8')));
}
