import { ConfigurationError, readSecret, type AuditConfiguration } from '@ecr-audit/runtime';

/** The secrets that cannot be read from here, each in a sentence. Another process may well have them. */
export async function secretsAway({ organization, database, redis }: AuditConfiguration): Promise<readonly string[]> {
  const places = [
    ['organization.externalId', organization.externalId],
    ['database.url', database.url],
    ['redis.url', redis.url],
  ] as const;
  const sentences: string[] = [];
  for (const [key, reference] of places) {
    try {
      if (reference !== null) {
        await readSecret(reference);
      }
    } catch (error) {
      if (!(error instanceof ConfigurationError)) {
        throw error;
      }
      sentences.push(`\`${key}\`: ${error.message} here`);
    }
  }
  return sentences;
}
