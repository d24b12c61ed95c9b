import { z } from 'zod';
import { setting } from './configuration.ts';

const portMax = 65_535;
const portText = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.int().max(portMax));

/** The settings that several processes share. A process chooses those that it needs. */
export const settings = {
  databaseUrl: setting({
    variable: 'DATABASE_URL',
    expected: 'the URL of a Postgres database, `postgres://USER:PASSWORD@HOST:PORT/DATABASE`',
    schema: urlText(['postgres:', 'postgresql:']),
    isSecret: true,
  }),
  databaseUrlOptional: setting({
    variable: 'DATABASE_URL',
    expected: 'nothing, or the URL of a Postgres database, `postgres://USER:PASSWORD@HOST:PORT/DATABASE`',
    schema: urlText(['postgres:', 'postgresql:']).optional(),
    isSecret: true,
  }),
  redisUrl: setting({
    variable: 'REDIS_URL',
    expected: 'nothing, or the URL of a Redis server, `redis://HOST:PORT`, `rediss://HOST:PORT` or `unix:///PATH`',
    schema: urlText(['redis:', 'rediss:', 'unix:']).optional(),
    isSecret: true,
  }),
  dataDirectory: setting({
    variable: 'ECR_AUDIT_DATA',
    expected: 'nothing, or a directory for the embedded database',
    schema: z.string().optional(),
  }),
  logLevel: setting({
    variable: 'LOG_LEVEL',
    expected: '`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`',
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  }),
  configurationFile: setting({
    variable: 'ECR_AUDIT_CONFIG',
    expected: 'nothing, or the path of a configuration file',
    schema: z.string().optional(),
  }),
  metricsHost: setting({
    variable: 'ECR_AUDIT_METRICS_HOST',
    expected: 'an address on which health and metrics are served',
    // Only this machine by default: metrics name the accounts that are audited.
    schema: z.string().default('127.0.0.1'),
  }),
  metricsPort: setting({
    variable: 'ECR_AUDIT_METRICS_PORT',
    expected: `nothing, or a port from 0 to ${portMax} for health and metrics`,
    schema: portText.optional(),
  }),
  host: setting({
    variable: 'HOST',
    expected: 'a host name or an address to listen on',
    // Only this machine by default: the API shows who may do what.
    schema: z.string().default('127.0.0.1'),
  }),
  port: setting({
    variable: 'PORT',
    expected: `a port from 0 to ${portMax}`,
    schema: portText.prefault('8080'),
  }),
} as const;

// Only the scheme: which URLs a driver takes is the driver's to say, and `URL` refuses some that are common for sockets.
function urlText(protocols: readonly string[]): z.ZodType<string, string | undefined> {
  const text = z.string().refine((value) => protocols.some((protocol) => value.startsWith(`${protocol}//`)));
  return z.string().optional().pipe(text);
}
