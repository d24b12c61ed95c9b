import type { AuditConfiguration } from '@ecr-audit/runtime';
import { problem, ok, type Check } from './check.ts';
import { secretsAway } from './secrets-away.ts';

/** What the configuration says that does not hold here. That it can be read at all is known by now. */
export async function checkConfiguration(
  configuration: AuditConfiguration,
  source: string | null,
): Promise<readonly Check[]> {
  const away = await secretsAway(configuration);
  return [
    ok('configuration', source === null ? 'no file: the environment and the defaults' : `\`${source}\` can be used`),
    ...away.map((sentence) =>
      problem('configuration', sentence, 'put the secret there, or name the place where it lies'),
    ),
  ];
}
