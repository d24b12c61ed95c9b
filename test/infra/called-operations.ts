import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const awsSources = new URL('../../packages/aws/src/', import.meta.url).pathname;

// AWS answers the first to everybody, whatever the policies say; the second is a right of the collector's own principal.
const needNoRight = new Set(['sts:GetCallerIdentity', 'sts:AssumeRole']);

const notCollecting = ['doctor', 'managed-policies'];

/**
 * The calls that the collectors can make: every command and paginator that the room of the SDK imports, sorted. The
 * doctor is left out: it tries these calls, and may need no right of its own. So are AWS's own managed policies, which no
 * scan reads: `policies --live` does, for whoever asks.
 */
export function importedOperations(): readonly string[] {
  const files = readdirSync(awsSources, { recursive: true, encoding: 'utf8' }).filter(
    (name) =>
      name.endsWith('.ts') &&
      !name.endsWith('.test.ts') &&
      !notCollecting.some((directory) => name.startsWith(`${directory}/`)),
  );
  const found = files.flatMap((name) => operationsIn(readFileSync(path.join(awsSources, name), 'utf8')));
  return [...new Set(found)].filter((operation) => !needNoRight.has(operation)).toSorted();
}

/** `ecr:GetRegistryPolicy` for `GetRegistryPolicyCommand` and for `paginateGetRegistryPolicy`. */
function operationsIn(source: string): string[] {
  return [...source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-(\w+)'/g)].flatMap(([, names = '', service]) =>
    [...names.matchAll(/\b(?:paginate(\w+)|(\w+)Command)\b/g)].map(
      ([, paged, single]) => `${service}:${paged ?? single ?? ''}`,
    ),
  );
}
