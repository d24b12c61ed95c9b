import { inspectRedis, JobsError } from '@ecr-audit/jobs';
import { ConfigurationError, readSecret, redact, type SecretReference } from '@ecr-audit/runtime';
import { ok, problem, unknown, warning, type Check } from './check.ts';

// BullMQ's own bounds: it refuses to start below the first and warns below the second.
const versionMin = [5, 0];
const versionRecommended = [6, 2];

/** Whether Redis answers, can be written, is recent enough, and keeps what it is given. */
export async function checkQueues(url: SecretReference | null): Promise<readonly Check[]> {
  if (url === null) {
    return [ok('queues', 'no Redis is named: Postgres keeps the queues')];
  }
  try {
    const { version, maxmemoryPolicy, isWritable } = await inspectRedis(await readSecret(url));
    return [
      ok('queues', `Redis ${version ?? 'of a version that it does not tell'} answers`),
      ...versionChecks(version),
      ...policyChecks(maxmemoryPolicy),
      ...(isWritable ? [] : [problem('queues', 'the server cannot be written: it is a replica', 'name the primary')]),
    ];
  } catch (error) {
    if (error instanceof ConfigurationError) {
      return [unknown('queues', `Redis was not asked: ${error.message}`)];
    }
    if (error instanceof JobsError) {
      return [problem('queues', redact(error.message), 'start the server, or correct its URL')];
    }
    throw error;
  }
}

function versionChecks(version: string | null): readonly Check[] {
  const numbers = (version ?? '').split('.').map(Number);
  if (version === null || numbers.some(Number.isNaN)) {
    return [];
  }
  if (isBelow(numbers, versionMin)) {
    return [problem('queues', `Redis ${version} is too old`, 'run Redis 6.2 or newer')];
  }
  return isBelow(numbers, versionRecommended)
    ? [warning('queues', `Redis ${version} is older than the queues want it`, 'run Redis 6.2 or newer')]
    : [];
}

function policyChecks(policy: string | null): readonly Check[] {
  if (policy === null) {
    return [unknown('queues', 'the server does not tell its maxmemory-policy', 'make sure that it is `noeviction`')];
  }
  return policy === 'noeviction'
    ? [ok('queues', 'its maxmemory-policy is `noeviction`')]
    : [
        problem(
          'queues',
          `its maxmemory-policy is \`${policy}\`: when memory ends, it throws jobs away`,
          'set `maxmemory-policy noeviction` in its configuration',
        ),
      ];
}

function isBelow(version: readonly number[], bound: readonly number[]): boolean {
  for (const [index, wanted] of bound.entries()) {
    const found = version[index] ?? 0;
    if (found !== wanted) {
      return found < wanted;
    }
  }
  return false;
}
