import type { ChangeProblem } from '@ecr-audit/access';
import type { ExceptionEntry } from '@ecr-audit/store';
import { z } from 'zod';
import { CliError } from '../errors.ts';
import { readChangeFile } from '../rehearse/read-change-file.ts';
import { momentOf } from './moment.ts';

const textMax = 1_000;
const entriesMax = 10_000;

const words = (expected: string): z.ZodType<string, string> =>
  z
    .string({ error: `expected ${expected}` })
    .trim()
    .min(1, `expected ${expected}`)
    .max(textMax, `expected at most ${textMax} characters`);

const entrySchema = z.strictObject({
  finding: z
    .string({ error: 'expected the fingerprint of a finding' })
    .regex(/^[0-9a-f]{64}$/, 'expected the fingerprint of a finding: 64 of the digits 0 to 9 and a to f'),
  target: words('a target, such as `organization:o-example`').optional(),
  approvedBy: words('who approves it'),
  reason: words('why it is approved'),
  until: z.string({ error: 'expected a day or a time, such as 2027-03-31' }),
});
const fileSchema = z.strictObject({
  version: z.literal(1, { error: 'expected 1' }),
  exceptions: z.array(entrySchema, { error: 'expected a list' }).max(entriesMax, `expected at most ${entriesMax}`),
});

/** The lines of a file of exceptions, with where each stands. Throws `inputUnreadable` with every problem, each with its place. */
export async function readExceptionsFile(given: string, now: Date): Promise<readonly ExceptionEntry[]> {
  const file = await readChangeFile(given);
  const parsed = fileSchema.safeParse(file.value);
  const problems: ChangeProblem[] = parsed.success
    ? [...pastNames(parsed.data.exceptions, now), ...doubles(parsed.data.exceptions)]
    : parsed.error.issues.map(({ path, message }) => problem(path, message));
  if (!parsed.success || problems.length > 0) {
    throw new CliError('inputUnreadable', `the exceptions cannot be used:\n${file.describe(problems)}`);
  }
  return parsed.data.exceptions.map(({ finding, target, approvedBy, reason, until }) => ({
    targetKey: target ?? null,
    fingerprint: finding,
    approvedBy,
    reason,
    until: momentOf(until, now) ?? '',
  }));
}

type Entries = z.output<typeof fileSchema>['exceptions'];

/** `90d` would be another time each day that the file is applied. */
function pastNames(entries: Entries, now: Date): ChangeProblem[] {
  return entries.flatMap(({ until }, index) =>
    until.endsWith('d') || momentOf(until, now) === null
      ? [problem(['exceptions', index, 'until'], 'expected a day or a time with its zone, such as 2027-03-31')]
      : [],
  );
}

function doubles(entries: Entries): ChangeProblem[] {
  const seen = new Set<string>();
  return entries.flatMap(({ finding, target = '' }, index) => {
    const key = `${target} ${finding}`;
    const isDouble = seen.has(key);
    seen.add(key);
    return isDouble ? [problem(['exceptions', index, 'finding'], 'expected each finding once')] : [];
  });
}

function problem(path: readonly PropertyKey[], message: string): ChangeProblem {
  return {
    path: path.map((step) => (typeof step === 'symbol' ? String(step) : step)),
    place: null,
    position: null,
    message,
  };
}
