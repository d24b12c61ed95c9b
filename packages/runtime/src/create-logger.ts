import { pino, type DestinationStream, type Logger } from 'pino';
import { redact } from './redact.ts';

export type { Logger } from 'pino';

export interface LoggerOptions {
  /** `info` where nothing is said. */
  readonly level?: string;
  /** Standard error where nothing is said: standard output carries the command's own output. */
  readonly destination?: DestinationStream;
}

/**
 * A logger that writes one line of JSON an event, with credentials and passwords removed.
 *
 * It writes at once, so that the last line before an exit is not lost.
 */
export function createLogger(name: string, options: LoggerOptions = {}): Logger {
  return pino(
    {
      name,
      level: options.level ?? 'info',
      // Process id and host are the container's business.
      base: { name },
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
      hooks: { streamWrite: redact },
    },
    options.destination ?? pino.destination({ fd: 2, sync: true }),
  );
}
