import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { ManagedPolicyDocument } from '@ecr-audit/access';
import { z } from 'zod';
import { CliError } from '../errors.ts';
import { userPath } from '../terminal/paths.ts';

const lineSchema = z.object({
  Arn: z.string({ error: 'expected the ARN as text' }),
  PolicyName: z.string({ error: 'expected the name as text' }),
  DefaultVersionId: z.string({ error: 'expected the version as text' }).optional(),
  Document: z.union([z.string(), z.record(z.string(), z.unknown())], {
    error: 'expected a policy document: an object, or its JSON text',
  }),
});

// AWS has some 1,500 managed policies, an account up to 5,000 of its own; a document is at most some 40 KB.
const linesMax = 100_000;
const lineLengthMax = 1_000_000;

/** Reads managed policies, one a line: `Arn`, `PolicyName`, `DefaultVersionId` and `Document`, as AWS names them. */
export async function readPoliciesFile(given: string): Promise<ManagedPolicyDocument[]> {
  const policies: ManagedPolicyDocument[] = [];
  const lines = createInterface({ input: createReadStream(userPath(given), 'utf8'), crlfDelay: Infinity });
  let number = 0;
  try {
    for await (const line of lines) {
      number += 1;
      if (number > linesMax) {
        throw unreadable(given, `it has more than ${linesMax} lines`);
      }
      if (line.trim() !== '') {
        policies.push(readLine(line, `${given}:${number}`));
      }
    }
  } catch (error) {
    throw error instanceof CliError
      ? error
      : unreadable(given, error instanceof Error ? error.message : 'it broke off', error);
  }
  return policies;
}

function readLine(line: string, place: string): ManagedPolicyDocument {
  if (line.length > lineLengthMax) {
    throw unreadable(place, `expected a line of at most ${lineLengthMax} characters`);
  }
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
