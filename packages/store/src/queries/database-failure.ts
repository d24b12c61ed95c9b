/** Why a statement failed although it is right. */
export type DatabaseFailure = 'unreachable' | 'tookTooLong' | 'notMigrated';

// What postgres.js and the sockets under it say where there is no connection, or no longer.
const connectionCodes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  // No socket file, and nobody behind it who lets us in.
  'ENOENT',
  'EACCES',
]);

/**
 * Says whether an error of a statement means that the database is away, slow or not set up; null for every other error.
 *
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function databaseFailureOf(error: unknown): DatabaseFailure | null {
  const code = codeOf(error);
  if (code === null) {
    return null;
  }
  // A shutdown, a crash, a server that still starts, too many connections, and a login that stopped working.
  if (connectionCodes.has(code) || /^(08...|57P0.|53...|28...|3D000)$/.test(code)) {
    return 'unreachable';
  }
  if (code === '57014') {
    return 'tookTooLong';
  }
  return /^(42P01|42703|3F000)$/.test(code) ? 'notMigrated' : null;
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
