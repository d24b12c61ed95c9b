import { ConfigurationError } from '@ecr-audit/runtime';

/** Whether only this machine reaches an address or a name. */
export function isLoopback(host: string): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|localhost|\[?::1\]?)$/i.test(host);
}

/** Throws where an API without a login would listen for others. */
export function checkMayBeOpen(host: string): void {
  if (!isLoopback(host)) {
    throw new ConfigurationError([
      `\`${host}\` can be reached by others, so that everybody there could ask without a login: expected a loopback address such as \`127.0.0.1\`, or authentication`,
    ]);
  }
}
