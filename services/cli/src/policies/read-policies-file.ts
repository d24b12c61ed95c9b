import { createReadStream } from 'node:fs';
import type { ManagedPolicyDocument } from '@ecr-audit/access';
import { z } from 'zod';
import { CliError } from '../errors.ts';
import { userPath } from '../terminal/paths.ts';
import { boundedLines } from './bounded-lines.ts';

const lineSchema = z.object({
  Arn: z.string({ error: 'expected the ARN as text' }).min(1, 'expected the ARN as text'),
  PolicyName: z.string({ error: 'expected the name as text' }),
  DefaultVersionId: z.string({ error: 'expected the version as text' }).optional(),
  Document: z.union([z.string(), z.record(z.string(), z.unknown())], {
    error: 'expected a policy document: an object, or its JSON text',
  }),
});

// AWS has some 1,500 managed policies, an account up to 5,000 of its own; a document is at most some 40 KB, and all of AWS's
// are 3 MB.
const bounds = { linesMax: 100_000, lineBytesMax: 1_000_000, bytesMax: 256 * 1024 * 1024 };

/**
 * Reads managed policies, one a line: `Arn`, `PolicyName`, `DefaultVersionId` and `Document`, as AWS names them.
 *
 * Throws `inputUnreadable` with the line for what is no such policy, and for an ARN that stands there twice: which of the two is
 * in force, the file does not say.
 */
export async function readPoliciesFile(given: string): Promise<ManagedPolicyDocument[]> {
  const policies: ManagedPolicyDocument[] = [];
  const lineOf = new Map<string, number>();
  const lines = boundedLines(createReadStream(userPath(given)), bounds);
  try {
    for await (const { number, text, problem } of lines) {
      const place = `${given}:${number}`;
      if (problem !== null) {
        throw unreadable(place, problem);
      }
      if (text.trim() === '') {
        continue;
      }
      const policy = readLine(text, place);
      const earlier = lineOf.get(policy.arn);
      if (earlier !== undefined) {
        throw unreadable(
          place,
          `\`${policy.arn.slice(0, 200)}\` is on line ${earlier} already: expected each ARN once`,
        );
      }
      lineOf.set(policy.arn, number);
      policies.push(policy);
    }
  } catch (error) {
    throw error instanceof CliError
      ? error
      : unreadable(given, error instanceof Error ? error.message : 'it broke off', error);
  }
  return policies;
}

function readLine(line: string, place: string): ManagedPolicyDocument {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw unreadable(place, 'expected one JSON object a line', error);
  }
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const key = issue?.path.map(String).join('.') ?? '';
    throw unreadable(place, `${key === '' ? '' : `\`${key}\`: `}${issue?.message ?? 'expected a managed policy'}`);
  }
  const { Arn: arn, PolicyName: name, DefaultVersionId: version = null, Document: document } = parsed.data;
  return { arn, name, version, document };
}

function unreadable(place: string, message: string, cause?: unknown): CliError {
  return new CliError('inputUnreadable', `cannot read \`${place}\`: ${message}`, { cause });
}
