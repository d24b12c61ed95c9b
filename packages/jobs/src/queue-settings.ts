import { z } from 'zod';
import { timingDefault } from './timing.ts';

const lockSecondsMax = 3_600;
// More than the process itself is given to stop.
const stopSecondsMax = 18;

/** The environment variables of a process that works on the queues, for `readConfiguration`. */
export const queueSettings = {
  namespace: {
    variable: 'ECR_AUDIT_QUEUE_NAMESPACE',
    expected: 'nothing, or a name of letters, digits and `-` that processes which work together share',
    schema: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,40}$/)
      .optional(),
  },
  lockMs: {
    variable: 'ECR_AUDIT_JOB_LOCK_SECONDS',
    expected: `whole seconds from 1 to ${lockSecondsMax}: how long the job of a worker that is gone is left alone`,
    schema: z
      .string()
      .regex(/^\d{1,4}$/)
      .default(String(timingDefault.lockMs / 1_000))
      .transform(Number)
      .pipe(z.int().min(1).max(lockSecondsMax))
      .transform((seconds) => seconds * 1_000),
  },
  stopMs: {
    variable: 'ECR_AUDIT_STOP_SECONDS',
    expected: `whole seconds from 0 to ${stopSecondsMax}: how long the jobs in hand may run on after SIGTERM`,
    schema: z
      .string()
      .regex(/^\d{1,2}$/)
      .default(String(timingDefault.stopMs / 1_000))
      .transform(Number)
      .pipe(z.int().max(stopSecondsMax))
      .transform((seconds) => seconds * 1_000),
  },
} as const;
