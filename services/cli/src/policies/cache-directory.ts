import { homedir } from 'node:os';
import path from 'node:path';

/** Where documents of managed policies are kept by default: below the user's directory for caches. */
export function defaultCacheDirectory(env: Readonly<Record<string, string | undefined>> = process.env): string {
  // The XDG specification asks to ignore a relative path.
  const cacheHome = env['XDG_CACHE_HOME'];
  const base = cacheHome && path.isAbsolute(cacheHome) ? cacheHome : path.join(env['HOME'] || homedir(), '.cache');
  return path.join(base, 'ecr-audit', 'managed-policies');
}
